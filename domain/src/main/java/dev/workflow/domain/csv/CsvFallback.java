package dev.workflow.domain.csv;

/** The bound of a CSV table that was met. */
public enum CsvFallback {
    /** The table was written as asked. */
    NONE,
    /** Too many rows from unwinding. */
    UNWIND,
    /** Too many cells. */
    CELLS
}
