package dev.workflow.rest.csv;

import dev.workflow.domain.csv.CsvOptions;
import dev.workflow.domain.csv.CsvOptionsReader;
import dev.workflow.domain.csv.CsvReading;
import dev.workflow.rest.QueryParameters;
import java.util.List;

/** CSV options as query parameters. */
public final class CsvQuery {
    private CsvQuery() {}

    /** For an answer in another form, of which options would change nothing. */
    public static void expectNone(QueryParameters query, CsvOptionsReader reader) {
        List<String> given = query.given(reader.names());
        if (!given.isEmpty()) {
            throw QueryParameters.refusal("CSV options go with Accept: " + CsvAnswers.MEDIA_TYPE + " only: "
                    + String.join(", ", given) + ".");
        }
    }

    public static CsvOptions read(QueryParameters query, CsvOptionsReader reader) {
        return switch (reader.read(query.values())) {
            case CsvReading.Read(CsvOptions options) -> options;
            case CsvReading.Refused refused -> throw QueryParameters.refusal(String.join(" ", refused.problems()));
        };
    }
}
