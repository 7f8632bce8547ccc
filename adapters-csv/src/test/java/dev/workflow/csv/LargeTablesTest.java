package dev.workflow.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workflow.domain.Content;
import dev.workflow.domain.Fault;
import dev.workflow.domain.Utf8Text;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.csv.CsvFallback;
import dev.workflow.domain.csv.CsvOptions;
import dev.workflow.domain.csv.CsvOptionsReader;
import dev.workflow.domain.csv.CsvOutcome;
import dev.workflow.domain.csv.CsvReading;
import dev.workflow.domain.csv.Rendition;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tables beyond what is kept while they are written: their documents are gone through twice, and the text is the same. */
class LargeTablesTest {
    private static final String LONG = "x".repeat(50_000);

    private final JsonCsvExporter exporter = new JsonCsvExporter();

    @Test
    void rows_from_unwinding() {
        String data = "{\"a\":[" + "1,".repeat(99) + "1],\"z\":\"" + LONG + "\"}";
        assertThat(csv(Map.of("arrays", "unwind"), data)).isEqualTo("a,z\r\n" + ("1," + LONG + "\r\n").repeat(100));
    }

    @Test
    void columns_that_come_late() {
        String early = "{\"a\":\"" + LONG + "\"}";
        String data = "[" + (early + ",").repeat(100) + "{\"b\":1},{\"c\":2}]";
        assertThat(csv(Map.of(), data)).isEqualTo("a,b,c\r\n" + (LONG + ",,\r\n").repeat(100) + ",1,\r\n,,2\r\n");
    }

    @Test
    void empty_lines_of_one_column() {
        String data = "[" + ("{\"a\":\"" + LONG + "\"},{},").repeat(100) + "{}]";
        assertThat(csv(Map.of(), data)).isEqualTo("a\r\n" + (LONG + "\r\n\"\"\r\n").repeat(100) + "\"\"\r\n");
        assertThat(csv(Map.of("null", "-"), data)).isEqualTo("a\r\n" + (LONG + "\r\n\r\n").repeat(100) + "\r\n");
    }

    @Test
    void values_of_any_kind() {
        String data = "[" + ("{\"a\":\"" + LONG + "\"},").repeat(100) + "7]";
        assertThat(csv(Map.of(), data))
                .isEqualTo("value\r\n" + ("\"{\"\"a\"\":\"\"" + LONG + "\"\"}\"\r\n").repeat(100) + "7\r\n");
    }

    @Test
    void names_given_twice() {
        String data = "[" + ("{\"a\":1,\"b\":2,\"a\":\"" + LONG + "\"},").repeat(99) + "{\"b\":3}]";
        assertThat(csv(Map.of(), data)).isEqualTo("a,b\r\n" + (LONG + ",2\r\n").repeat(99) + ",3\r\n");
    }

    @Test
    void without_header_and_with_byte_order_mark() {
        String data = "{\"ID\":[" + "1,".repeat(99) + "1],\"z\":\"" + LONG + "\"}";
        assertThat(csv(Map.of("arrays", "unwind", "header", "false", "bom", "true"), data))
                .isEqualTo("\uFEFF" + ("1," + LONG + "\r\n").repeat(100));
        assertThat(csv(Map.of("arrays", "unwind"), data)).startsWith("\"ID\",z\r\n1,xxx");
    }

    @Test
    void a_long_header() {
        String name = "\u00e9\"".repeat(10_000);
        String members = String.join(
                ",", IntStream.range(0, 100).mapToObj(i -> "\"" + i + "\":" + i).toList());
        String expected = String.join(
                ",",
                IntStream.range(0, 100)
                        .mapToObj(i -> "\"" + name.replace("\"", "\"\"") + "." + i + "\"")
                        .toList());
        String values = String.join(
                ",", IntStream.range(0, 100).mapToObj(Integer::toString).toList());
        String data = "{\"" + name.replace("\"", "\\\"") + "\":{" + members + "}}";
        assertThat(csv(Map.of(), data)).isEqualTo(expected + "\r\n" + values + "\r\n");
        assertThat(csv(Map.of("header", "false"), data)).isEqualTo(values + "\r\n");
    }

    @Test
    void names_that_are_not_written_do_not_count() {
        String data = "{\"" + "n".repeat(400_000) + "\":{"
                + String.join(
                        ",",
                        IntStream.range(0, 200).mapToObj(i -> "\"" + i + "\":1").toList()) + "}}";
        assertThat(exporter.preview(Utf8Text.of(data), CsvOptions.DEFAULT)).isInstanceOf(CsvOutcome.TooLarge.class);
        assertThat(csv(Map.of("header", "false"), data)).isEqualTo("1,".repeat(199) + "1\r\n");
    }

    @Test
    void a_batch_with_members_of_the_workflow_and_one_that_has_no_row() {
        List<Workflow> workflows = List.of(
                workflow("{\"s\":\"" + LONG + "\",\"a\":[" + "1,".repeat(99) + "1]}"),
                workflow("{}"),
                workflow("{\"b\":2}"));
        Rendition rendition = exporter.export(workflows, options(Map.of("arrays", "unwind", "with", "attempt")));
        assertThat(rendition.leftOver()).isZero();
        assertThat(rendition.body().toString())
                .isEqualTo("workflow.attempt,s,a,b\r\n" + ("1," + LONG + ",1,\r\n").repeat(100) + "1,,,\r\n1,,,2\r\n");
    }

    @Test
    void one_that_is_taken_back_leaves_no_trace() {
        String over = "{\"s\":\"" + LONG + "\",\"c\":[" + "1,".repeat(2_000) + "1]}";
        List<Workflow> workflows = List.of(workflow("{\"a\":[1,2]}"), workflow("{\"b\":3}"), workflow(over));
        for (int i = 0; i < 2; i++) {
            Rendition rendition = exporter.export(workflows, options(Map.of("arrays", "unwind")));
            assertThat(rendition.leftOver()).isEqualTo(1);
            assertThat(rendition.body().toString()).isEqualTo("a,b\r\n1,\r\n2,\r\n,3\r\n");
        }
        assertThat(exporter.export(List.of(workflow(over)), options(Map.of("arrays", "unwind")))
                        .csvFallback())
                .isEqualTo(CsvFallback.CELLS);
    }

    @Test
    void a_batch_that_knows_very_many_places_takes_no_other_document() {
        String many = "{\"a\":[" + "1,".repeat(100_000) + "1]}";
        CsvOptions indexed = options(Map.of("arrays", "index", "columns", "b"));
        assertThat(exporter.export(List.of(workflow(many), workflow("{\"b\":1}")), indexed)
                        .leftOver())
                .isEqualTo(1);
        String fewer = "{\"a\":[" + "1,".repeat(50_000) + "1]}";
        assertThat(exporter.export(List.of(workflow(fewer), workflow("{\"b\":1}")), indexed)
                        .leftOver())
                .isZero();
    }

    @Test
    void a_table_that_there_is_no_room_for_is_refused_and_another_is_written() {
        LivingTexts texts = new LivingTexts(1 << 20, System::gc);
        JsonCsvExporter full = new JsonCsvExporter(
                new Capacity(new Capacity.Limits(1 << 20, 1 << 20, Duration.ZERO, Duration.ZERO), texts));
        byte[] held = texts.allocate(2 << 20);
        List<Workflow> large = List.of(workflow("{\"a\":[" + "1,".repeat(99) + "1],\"z\":\"" + LONG + "\"}"));
        CsvOptions unwinding = options(Map.of("arrays", "unwind"));
        assertThatThrownBy(() -> full.export(large, unwinding)).isInstanceOf(Fault.Overloaded.class);
        assertThatThrownBy(() -> full.table(large.getFirst(), unwinding)).isInstanceOf(Fault.Overloaded.class);
        assertThat(full.export(List.of(workflow("{\"a\":1}")), unwinding).body())
                .isEqualTo(Utf8Text.of("a\r\n1\r\n"));
        Arrays.fill(held, (byte) 1); // held until here
    }

    private String csv(Map<String, String> query, String data) {
        CsvOutcome outcome = exporter.preview(Utf8Text.of(data), options(query));
        assertThat(outcome).isInstanceOf(CsvOutcome.Table.class);
        return ((CsvOutcome.Table) outcome).rendition().body().toString();
    }

    private static CsvOptions options(Map<String, String> query) {
        return switch (CsvOptionsReader.FOR_WORKFLOWS.read(query)) {
            case CsvReading.Read read -> read.options();
            case CsvReading.Refused refused -> throw new AssertionError(refused);
        };
    }

    private static Workflow workflow(String data) {
        return Workflow.submitted(new UUID(0, 0), new Content(Utf8Text.of(data), List.of()));
    }
}
