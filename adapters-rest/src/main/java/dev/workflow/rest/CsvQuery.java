package dev.workflow.rest;

import dev.workflow.domain.CsvOptions;
import dev.workflow.domain.CsvOptionsReader;
import dev.workflow.domain.CsvReading;
import java.util.stream.Collectors;

/** CSV options as query parameters. */
final class CsvQuery {
    private CsvQuery() {}

    static CsvOptions read(QueryParameters query, CsvOptionsReader reader) {
        return switch (reader.read(query.values())) {
            case CsvReading.Read(CsvOptions options) -> options;
            case CsvReading.Refused refused ->
                throw QueryParameters.refusal(refused.problems().stream()
                        .map(CsvReading.Problem::detail)
                        .collect(Collectors.joining(" ")));
        };
    }
}
