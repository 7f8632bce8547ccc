package dev.workflow.domain.csv;

/** What became of a table that may not be written more plainly than asked. */
public sealed interface CsvOutcome {
    /** The table as it was asked for. */
    record Table(Rendition rendition) implements CsvOutcome {}

    /**
     * The table would cross a bound.
     *
     * @param detail which bound, fit for the one who asked
     */
    record TooLarge(CsvFallback bound, String detail) implements CsvOutcome {}
}
