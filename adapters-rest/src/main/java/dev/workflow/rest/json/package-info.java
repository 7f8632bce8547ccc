/**
 * JSON as bytes: request bodies in one pass of tokens, without a tree, and workflows written out by hand. {@code data} is never
 * taken apart and put together again, so it comes out as it came in. May use jackson-core, the domain, and what the
 * application reports.
 */
@NullMarked
package dev.workflow.rest.json;

import org.jspecify.annotations.NullMarked;
