package dev.workflow.domain.csv;

/** What becomes of an array that is not at the root. */
public enum CsvArrays {
    /** A cell with its JSON text. */
    JSON,
    /** A column an element: {@code a[0]}, {@code a[1].b}. */
    INDEX,
    /** A row an element, the other columns repeated. */
    UNWIND
}
