package dev.workflow.domain.csv;

import java.util.List;

/**
 * How a consumer wants its CSV.
 *
 * @param with members of the workflow that come before the columns of its data, in this order
 */
public record CsvOptions(CsvShape shape, CsvDialect dialect, List<CsvMember> with) {
    public static final CsvOptions DEFAULT = new CsvOptions(CsvShape.DEFAULT, CsvDialect.DEFAULT, List.of());

    public CsvOptions {
        with = List.copyOf(with);
    }

    /** The same in all else, with another shape. */
    public CsvOptions withShape(CsvShape other) {
        return new CsvOptions(other, dialect, with);
    }
}
