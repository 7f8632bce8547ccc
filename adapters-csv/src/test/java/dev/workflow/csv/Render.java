package dev.workflow.csv;

import dev.workflow.domain.Content;
import dev.workflow.domain.Utf8Text;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.csv.CsvOptions;
import dev.workflow.domain.csv.CsvOutcome;
import java.util.List;
import java.util.UUID;

/** Tables as texts, from one exporter for all tests: what it keeps from one table to the next is always in play. */
final class Render {
    static final JsonCsvExporter SHARED = new JsonCsvExporter();

    private Render() {}

    static String csv(String document) {
        return csv(document, CsvOptions.DEFAULT);
    }

    static String csv(String document, CsvOptions options) {
        return switch (SHARED.preview(Utf8Text.of(document), options)) {
            case CsvOutcome.Table table -> table.rendition().body().toString();
            case CsvOutcome.TooLarge tooLarge -> throw new AssertionError(tooLarge);
        };
    }

    static String batch(List<String> documents, CsvOptions options) {
        List<Workflow> workflows = documents.stream()
                .map(document -> Workflow.submitted(new UUID(0, 0), new Content(Utf8Text.of(document), List.of())))
                .toList();
        return SHARED.export(workflows, options).body().toString();
    }
}
