/** What a table may look like: the options that clients name, and what comes of them. How it is written is an adapter's. */
@NullMarked
package dev.workflow.domain.csv;

import org.jspecify.annotations.NullMarked;
