package dev.workflow.contracts;

import static java.util.stream.Collectors.joining;

import dev.workflow.domain.Content;
import dev.workflow.domain.TimeOrderedIds;
import dev.workflow.domain.Utf8Text;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.csv.CsvOptions;
import dev.workflow.domain.csv.CsvOptionsReader;
import dev.workflow.domain.csv.CsvReading;
import dev.workflow.domain.csv.Rendition;
import dev.workflow.domain.port.CsvExporter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/** What tests of exporters say in few words. */
abstract class CsvFixture {
    final TimeOrderedIds ids = new TimeOrderedIds(() -> Instant.parse("2026-05-04T03:02:01.000450Z"));

    /** A new one, or one that may be shared. */
    protected abstract CsvExporter exporter();

    String csv(String query, Workflow... workflows) {
        return export(query, workflows).body().toString();
    }

    Rendition export(String query, Workflow... workflows) {
        return exporter().export(List.of(workflows), options(query));
    }

    static CsvOptions options(String query) {
        Map<String, String> texts = new CsvCase("", query, List.of(), new CsvCase.Expected("", 0), null).options();
        return switch (CsvOptionsReader.FOR_WORKFLOWS.read(texts)) {
            case CsvReading.Read read -> read.options();
            case CsvReading.Refused refused -> throw new IllegalArgumentException(refused.toString());
        };
    }

    Workflow workflow(String json) {
        UUID id = ids.next();
        return Workflow.submitted(id, new Content(Utf8Text.of(json), List.of()));
    }

    /** Members c0, c1 and so on, with their numbers as values. */
    static String wideObject(int members) {
        return IntStream.range(0, members).mapToObj(i -> "\"c" + i + "\":" + i).collect(joining(",", "{", "}"));
    }

    /** For {@code columns=}. */
    static String twoThousandNames() {
        return IntStream.range(0, 2_000).mapToObj(i -> "n" + i).collect(joining(","));
    }
}
