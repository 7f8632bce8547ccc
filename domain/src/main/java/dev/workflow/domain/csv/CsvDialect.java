package dev.workflow.domain.csv;

import org.jspecify.annotations.Nullable;

/**
 * How the cells of a table are spelled.
 *
 * @param nullText what a JSON null is written as; null: an empty cell
 * @param safe whether a text that a spreadsheet would run as a formula gets a leading {@code '}
 */
public record CsvDialect(
        char delimiter,
        boolean header,
        boolean bom,
        @Nullable String nullText,
        boolean safe) {
    /** RFC 4180 with a header and without a byte order mark. */
    public static final CsvDialect DEFAULT = new CsvDialect(',', true, false, null, false);
}
