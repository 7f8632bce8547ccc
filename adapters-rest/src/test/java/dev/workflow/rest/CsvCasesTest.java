package dev.workflow.rest;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.workflow.contracts.CsvCase;
import dev.workflow.contracts.Eventually;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The cases of JSON to CSV as clients meet them: preview, a workflow's CSV and consume answer with the same bytes. */
final class CsvCasesTest extends ServiceTest {
    private static final String PREVIEW = "/workflow/csv/preview";

    @TestFactory
    Stream<DynamicTest> cases() {
        List<CsvCase> cases = CsvCase.all().stream()
                .filter(each -> each.documents().size() == 1)
                .toList();
        assertThat(cases).hasSizeGreaterThan(300);
        return cases.stream().map(each -> dynamicTest(each.id(), () -> run(each)));
    }

    @TestFactory
    Stream<DynamicTest> batches() {
        List<CsvCase> batches = CsvCase.all().stream()
                .filter(each -> each.documents().size() > 1)
                .toList();
        assertThat(batches).hasSizeGreaterThan(25);
        return batches.stream().map(each -> dynamicTest(each.id(), () -> runBatch(each)));
    }

    private void runBatch(CsvCase each) {
        each.documents().forEach(this::submit);
        int count = each.documents().size();
        Eventually.holds(
                "all are in the queue",
                () -> service.queue.depth().toCompletableFuture().join() == count);
        Reply reply = client.get(CONSUME + query(each) + (each.query().isEmpty() ? "?" : "&") + "max=" + count);
        check(each, reply.has("Workflow-Count", Integer.toString(count)));
        check(each, client.get(reply.header("Content-Location").orElseThrow()));
        client.get(CONSUME).is(204);
    }

    private void run(CsvCase each) {
        String document = each.documents().getFirst();
        Reply preview = client.post(PREVIEW + query(each), document);
        if (each.options().containsKey("with")) {
            preview.isProblem(400, "invalid-parameter").says("with ");
        } else {
            check(each, preview);
        }
        if (!document.equals("null")) {
            String id = submit(document);
            check(each, client.get("/workflow/" + id + "/csv" + query(each)));
            check(each, client.get(CONSUME + query(each)));
            String consumed = each.refused() == null ? "consumed" : "inserted";
            client.get("/workflow/" + id).says("\"status\":\"" + consumed + "\"");
            client.get(CONSUME).is(each.refused() == null ? 204 : 200);
        }
    }

    private static String query(CsvCase each) {
        return each.query().isEmpty() ? "" : "?" + each.query();
    }

    private static void check(CsvCase each, Reply reply) {
        if (each.refused() != null) {
            reply.isProblem(400, "invalid-parameter").says(each.refused() + " ");
            return;
        }
        int omitted = each.expected().columnsOmitted();
        String header = each.query().contains("header=false") ? "absent" : "present";
        reply.is(200).has("Content-Type", "text/csv; charset=utf-8; header=" + header);
        assertThat(reply.text()).isEqualTo(each.expected().csv());
        assertThat(reply.header("Workflow-Columns-Omitted")
                        .map(Integer::valueOf)
                        .orElse(0))
                .isEqualTo(omitted);
    }

    @Test
    void consumingGoesOnWhereTheTableWouldBeTooLarge() {
        String names =
                IntStream.range(0, 1000).mapToObj(i -> "\"c" + i + "\":" + i).collect(joining(",", "{", "}"));
        String tall = "[" + names + ",{}".repeat(5_000) + "]";
        client.get("/workflow/" + submit(tall) + "/csv").isProblem(400, "csv-too-large");
        Reply asOneCell = client.get(CONSUME + "?with=attempt").is(200).has("Workflow-Csv-Fallback", "cells");
        assertThat(asOneCell.text())
                .isEqualTo("workflow.attempt,value\r\n1,\"" + tall.replace("\"", "\"\"") + "\"\r\n");

        String array = "[" + "0,".repeat(100_000) + "0]";
        submit("{\"a\":" + array + ",\"b\":1}");
        Reply arraysAsCells = client.get(CONSUME + "?unwind=a").is(200).has("Workflow-Csv-Fallback", "unwind");
        assertThat(arraysAsCells.text()).isEqualTo("a,b\r\n\"" + array + "\",1\r\n");
    }
}
