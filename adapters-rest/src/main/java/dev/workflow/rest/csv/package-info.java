/** CSV as clients ask for it: how its options are spelled, and the answers that hold it. */
@NullMarked
package dev.workflow.rest.csv;

import org.jspecify.annotations.NullMarked;
