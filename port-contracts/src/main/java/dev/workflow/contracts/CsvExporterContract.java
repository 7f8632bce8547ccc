package dev.workflow.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.workflow.domain.Content;
import dev.workflow.domain.History;
import dev.workflow.domain.State;
import dev.workflow.domain.Utf8Text;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.csv.CsvFallback;
import dev.workflow.domain.csv.CsvOptions;
import dev.workflow.domain.csv.CsvOptionsReader;
import dev.workflow.domain.csv.CsvOutcome;
import dev.workflow.domain.csv.CsvReading;
import dev.workflow.domain.csv.Rendition;
import dev.workflow.domain.port.CsvExporter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What every exporter must do. */
public abstract class CsvExporterContract extends CsvFixture {
    @TestFactory
    @Tag("singly")
    Stream<DynamicTest> cases() {
        CsvExporter exporter = exporter();
        return CsvCase.all().stream().map(each -> dynamicTest(each.id(), () -> run(each, exporter)));
    }

    /** The same in one go, for those who run it very often. */
    @Test
    void all_cases() {
        CsvExporter exporter = exporter();
        for (CsvCase each : CsvCase.all()) {
            run(each, exporter);
        }
    }

    private void run(CsvCase each, CsvExporter exporter) {
        switch (CsvOptionsReader.FOR_WORKFLOWS.read(each.options())) {
            case CsvReading.Refused refused ->
                assertThat(refused.problems()).singleElement().asString().startsWith(each.refused() + " ");
            case CsvReading.Read read -> {
                assertThat(each.refused()).isNull();
                render(each, read.options(), exporter);
            }
        }
    }

    private void render(CsvCase each, CsvOptions options, CsvExporter exporter) {
        List<Workflow> workflows = each.documents().stream().map(this::workflow).toList();
        check(each, exporter.export(workflows, options));
        if (workflows.size() == 1) {
            check(each, rendition(exporter.table(workflows.getFirst(), options)));
        }
        if (workflows.size() == 1 && options.with().isEmpty()) {
            check(
                    each,
                    rendition(exporter.preview(workflows.getFirst().content().data(), options)));
        }
    }

    private static void check(CsvCase each, Rendition rendition) {
        assertThat(rendition.body().toString()).isEqualTo(each.expected().csv());
        assertThat(rendition.columnsOmitted()).isEqualTo(each.expected().columnsOmitted());
        assertThat(rendition.csvFallback()).isEqualTo(CsvFallback.NONE);
        assertThat(rendition.leftOver()).isZero();
    }

    @Test
    void no_workflows_are_an_empty_body() {
        assertThat(exporter().export(List.of(), CsvOptions.DEFAULT).body().length())
                .isZero();
    }

    @Test
    void members_of_the_workflow_come_first_in_the_order_asked_for() {
        Workflow workflow = new Workflow(
                ids.next(),
                new Content(Utf8Text.of("{\"a\":1,\"attempt\":2}"), List.of("x,y", "say \"hi\"", "é\n")),
                new State.Waiting(),
                new History(2, null, null, 3));
        assertThat(csv("with=attempt,UUID,created_at,steps", workflow))
                .isEqualTo("workflow.attempt,workflow.UUID,workflow.created_at,workflow.steps,a,attempt\r\n3,"
                        + workflow.id() + ",2026-05-04T03:02:01.000450Z,"
                        + "\"[\"\"x,y\"\",\"\"say \\\"\"hi\\\"\"\"\",\"\"é\\n\"\"]\",1,2\r\n");
    }

    @Test
    void every_workflow_has_a_row_when_its_members_are_asked_for() {
        Workflow empty = workflow("{}");
        Workflow none = workflow("[]");
        Workflow two = workflow("[{\"a\":1},{\"b\":2}]");
        assertThat(csv("with=UUID", empty, none, two))
                .isEqualTo("workflow.UUID,a,b\r\n" + empty.id() + ",,\r\n" + none.id() + ",,\r\n" + two.id() + ",1,\r\n"
                        + two.id() + ",,2\r\n");
        assertThat(csv("with=UUID", empty)).isEqualTo("workflow.UUID\r\n" + empty.id() + "\r\n");
    }

    @Test
    void members_of_the_workflow_are_repeated_where_it_is_unwound() {
        assertThat(csv("with=steps&arrays=unwind", workflow("{\"a\":[1,2]}")))
                .isEqualTo("workflow.steps,a\r\n[],1\r\n[],2\r\n");
    }

    @Test
    void members_of_the_workflow_stand_before_chosen_columns_and_know_no_separator() {
        assertThat(csv("with=attempt&columns=b,a&separator=/", workflow("{\"a\":1,\"b\":2}")))
                .isEqualTo("workflow.attempt,b,a\r\n1,2,1\r\n");
        assertThat(csv("with=attempt&columns=b", workflow("{}"))).isEqualTo("workflow.attempt,b\r\n1,\r\n");
    }

    @Test
    void a_member_of_the_data_may_be_called_the_same() {
        assertThat(csv("with=attempt", workflow("{\"workflow\":{\"attempt\":\"x\"}}")))
                .isEqualTo("workflow.attempt,workflow.attempt\r\n1,x\r\n");
    }

    @Test
    @Tag("large")
    void nesting_of_500_and_far_beyond() {
        for (int depth : new int[] {500, 100_000}) {
            String objects = "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
            String header = "a" + ".a".repeat(depth - 1);
            assertThat(csv("", workflow(objects))).isEqualTo(header + "\r\n1\r\n");
            String arrays = "[".repeat(depth) + "1" + "]".repeat(depth);
            assertThat(csv("", workflow(arrays))).hasSize("value\r\n\r\n".length() + 2 * depth - 1);
            assertThat(csv("arrays=index", workflow(arrays)))
                    .isEqualTo("value" + "[0]".repeat(depth - 1) + "\r\n1\r\n");
            assertThat(csv("arrays=unwind", workflow("{\"a\":" + arrays + "}"))).isEqualTo("a\r\n1\r\n");
            String repeating = "{\"a\":0,\"a\":".repeat(depth) + "1" + "}".repeat(depth);
            assertThat(csv("", workflow(repeating))).isEqualTo(header + "\r\n1\r\n");
        }
    }

    @Test
    void a_text_beside_tables_stays_as_it_is() {
        Utf8Text text = Utf8Text.of("x".repeat(100_000));
        assertThat(exporter().besideTables(text)).isSameAs(text);
    }

    @Test
    @Tag("large")
    void a_hundred_thousand_columns() {
        String csv = csv("", workflow(wideObject(100_000)));
        assertThat(csv).startsWith("c0,c1,c2,").endsWith(",99998,99999\r\n");
        assertThat(csv.chars().filter(c -> c == ',').count()).isEqualTo(2 * 99_999);
    }

    @Test
    @Tag("large")
    void a_cell_of_a_megabyte() {
        String text = "x\\\"y, ".repeat(170_000);
        assertThat(csv("", workflow("{\"a\":\"" + text + "\",\"b\":[\"" + text + "\"]}")))
                .isEqualTo("a,b\r\n\"" + "x\"\"y, ".repeat(170_000) + "\",\"[\"\"" + "x\\\"\"y, ".repeat(170_000)
                        + "\"\"]\"\r\n");
    }

    @Test
    @Tag("large")
    void a_number_of_130000_digits() {
        String digits = "7".repeat(130_000);
        assertThat(csv("", workflow("{\"a\":" + digits + ",\"b\":-0." + digits + "}")))
                .isEqualTo("a,b\r\n" + digits + ",-0." + digits + "\r\n");
    }

    private static Rendition rendition(CsvOutcome outcome) {
        return switch (outcome) {
            case CsvOutcome.Table table -> table.rendition();
            case CsvOutcome.TooLarge tooLarge -> throw new AssertionError(tooLarge.detail());
        };
    }
}
