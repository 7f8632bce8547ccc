/** What operators ask for: health, figures, and what has failed for good. */
@NullMarked
package dev.workflow.rest.operations;

import org.jspecify.annotations.NullMarked;
