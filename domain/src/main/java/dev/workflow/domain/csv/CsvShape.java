package dev.workflow.domain.csv;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which rows and columns a JSON value becomes.
 *
 * @param unwind with {@link CsvArrays#UNWIND} the only column that is unwound; null: all
 * @param flatten whether a nested object becomes columns, or else a cell with its JSON text
 * @param separator stands between the names of nested members; one code point
 * @param columns the columns to write, as their headers are spelled, in this order; empty: all there are
 */
public record CsvShape(
        CsvArrays arrays, @Nullable String unwind, boolean flatten, String separator, List<String> columns) {
    /** Nested objects as dotted columns, arrays as JSON, all columns. */
    public static final CsvShape DEFAULT = new CsvShape(CsvArrays.JSON, null, true, ".", List.of());

    public CsvShape {
        columns = List.copyOf(columns);
    }
}
