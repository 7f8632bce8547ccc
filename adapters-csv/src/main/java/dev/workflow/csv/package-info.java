/**
 * JSON text to CSV bytes. No I/O, no clock. May use the domain, Jackson's token stream and univocity's writer.
 *
 * <p>A table is made in two passes over the tokens of its documents: {@link dev.workflow.csv.HeaderPass} finds the columns and
 * counts the rows, {@link dev.workflow.csv.RowPass} or {@link dev.workflow.csv.UnwindPass} writes the rows. Both are driven by
 * {@link dev.workflow.csv.Walk}, which alone knows what is a cell.
 */
@NullMarked
package dev.workflow.csv;

import org.jspecify.annotations.NullMarked;
