/**
 * JSON text to CSV bytes. No I/O, and no time but that for which a table waits. May use the domain, Jackson's names of tokens and its
 * escapes, and univocity's writer.
 *
 * <p>A {@link dev.workflow.csv.Table} is made in one pass over the tokens of its documents. {@link dev.workflow.csv.Walk} alone
 * knows what is a cell; {@link dev.workflow.csv.RowPass} or {@link dev.workflow.csv.UnwindPass} puts cells into the
 * {@link dev.workflow.csv.Row}, which is written to the {@link dev.workflow.csv.Lines}. Columns are found on the way, as places in
 * a tree ({@link dev.workflow.csv.Path}), so the header comes last.
 *
 * <p>{@link dev.workflow.csv.Capacity} keeps what all tables take within a part of the heap, with those that are still being read
 * ({@link dev.workflow.csv.LivingTexts}).
 */
@NullMarked
package dev.workflow.csv;

import org.jspecify.annotations.NullMarked;
