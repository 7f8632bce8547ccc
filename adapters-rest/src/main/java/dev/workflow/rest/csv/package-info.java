/** Workflows as CSV: how its options are spelled, and its answers. */
@NullMarked
package dev.workflow.rest.csv;

import org.jspecify.annotations.NullMarked;
