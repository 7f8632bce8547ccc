package dev.workflow.contracts;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.workflow.domain.Content;
import dev.workflow.domain.CsvFallback;
import dev.workflow.domain.CsvOptions;
import dev.workflow.domain.CsvOptionsReader;
import dev.workflow.domain.CsvOutcome;
import dev.workflow.domain.CsvReading;
import dev.workflow.domain.History;
import dev.workflow.domain.Rendition;
import dev.workflow.domain.State;
import dev.workflow.domain.TimeOrderedIds;
import dev.workflow.domain.Utf8Text;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.port.CsvExporter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What every exporter must do. */
public abstract class CsvExporterContract {
    private final TimeOrderedIds ids = new TimeOrderedIds(() -> Instant.parse("2026-05-04T03:02:01.000450Z"));

    /** A new one, or one that may be shared. */
    protected abstract CsvExporter exporter();

    @TestFactory
    Stream<DynamicTest> cases() {
        CsvExporter exporter = exporter();
        return CsvCase.all().stream().map(each -> dynamicTest(each.id(), () -> run(each, exporter)));
    }

    private void run(CsvCase each, CsvExporter exporter) {
        switch (CsvOptionsReader.FOR_WORKFLOWS.read(each.options())) {
            case CsvReading.Refused refused ->
                assertThat(refused.problems())
                        .extracting(CsvReading.Problem::option)
                        .containsExactly(each.refused());
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
    void as_many_unwound_rows_as_may_be() {
        Workflow most = workflow("{\"a\":[" + "0,".repeat(99_999) + "0]}");
        Rendition rendition = export("arrays=unwind", most);
        assertThat(rendition.csvFallback()).isEqualTo(CsvFallback.NONE);
        assertThat(rendition.body().toString()).isEqualTo("a\r\n" + "0\r\n".repeat(100_000));
        assertThat(exporter().table(most, options("arrays=unwind"))).isInstanceOf(CsvOutcome.Table.class);
    }

    @Test
    void one_unwound_row_too_many() {
        Workflow tooMany = workflow("{\"a\":[" + "0,".repeat(100_000) + "0],\"b\":1}");
        Rendition rendition = export("arrays=unwind", tooMany);
        assertThat(rendition.csvFallback()).isEqualTo(CsvFallback.UNWIND);
        assertThat(rendition.body().toString()).isEqualTo("a,b\r\n\"[" + "0,".repeat(100_000) + "0]\",1\r\n");
        assertTooLarge(CsvFallback.UNWIND, tooMany, "arrays=unwind");
    }

    @Test
    void a_product_is_counted_before_it_is_written() {
        String ten = "[1,2,3,4,5,6,7,8,9,0]";
        assertThat(export("arrays=unwind", workflow(object(5, ten))).csvFallback())
                .isEqualTo(CsvFallback.NONE);
        assertTooLarge(CsvFallback.UNWIND, workflow(object(6, ten)), "arrays=unwind");
        String within = "[{\"x\":" + ten + ",\"y\":[]},{\"x\":[{\"z\":[1]}]}]";
        assertThat(export("arrays=unwind", workflow(object(4, within)))
                        .body()
                        .toString()
                        .lines())
                .hasSize(1 + 11 * 11 * 11 * 11);
        assertTooLarge(CsvFallback.UNWIND, workflow(object(5, within)), "arrays=unwind");
    }

    @Test
    void a_product_too_large_for_any_number() {
        assertTooLarge(CsvFallback.UNWIND, workflow(object(200, "[[1,2],[3,4,5]]")), "arrays=unwind");
    }

    @Test
    void rows_that_are_not_unwound_have_no_bound_of_their_own() {
        Workflow many = workflow("[" + "1,".repeat(150_000) + "1]");
        assertThat(export("arrays=unwind", many).csvFallback()).isEqualTo(CsvFallback.NONE);
        assertThat(export("", many).csvFallback()).isEqualTo(CsvFallback.NONE);
    }

    @Test
    void as_many_cells_as_may_be_and_one_row_more() {
        String wide = wideObject(1000);
        Workflow most = workflow("[" + wide + ",{}".repeat(4_999) + "]");
        assertThat(export("", most).csvFallback()).isEqualTo(CsvFallback.NONE);
        Workflow tooMany = workflow("[" + wide + ", {}".repeat(5_000) + "]");
        Rendition rendition = export("", tooMany);
        assertThat(rendition.csvFallback()).isEqualTo(CsvFallback.CELLS);
        String json = "[" + wide + ",{}".repeat(5_000) + "]";
        assertThat(rendition.body().toString()).isEqualTo("value\r\n\"" + json.replace("\"", "\"\"") + "\"\r\n");
        assertTooLarge(CsvFallback.CELLS, tooMany, "");
    }

    @Test
    void cells_are_counted_after_columns_are_chosen() {
        Workflow tall = workflow("[" + wideObject(1000) + ",{}".repeat(5_000) + "]");
        Rendition chosen = export("columns=c7,c5", tall);
        assertThat(chosen.csvFallback()).isEqualTo(CsvFallback.NONE);
        assertThat(chosen.columnsOmitted()).isEqualTo(998);
        assertThat(chosen.body().toString()).startsWith("c7,c5\r\n7,5\r\n,\r\n");
    }

    @Test
    void members_of_the_workflow_count_and_stay_in_a_fallback() {
        Workflow most = workflow("[" + wideObject(999) + ",{}".repeat(4_999) + "]");
        assertThat(export("with=attempt", most).csvFallback()).isEqualTo(CsvFallback.NONE);
        Workflow tooMany = workflow("[" + wideObject(1000) + ",{}".repeat(4_999) + "]");
        Rendition rendition = export("with=attempt", tooMany);
        assertThat(rendition.csvFallback()).isEqualTo(CsvFallback.CELLS);
        assertThat(rendition.body().toString()).startsWith("workflow.attempt,value\r\n1,\"[{");
        assertThat(export("with=attempt&columns=c1", tooMany).csvFallback()).isEqualTo(CsvFallback.NONE);
    }

    @Test
    void elements_as_columns_fall_back_to_arrays_as_cells_first() {
        Workflow tall = workflow("[" + object(500, "[1,2,3]") + ",{\"b\":1}".repeat(4_000) + "]");
        Rendition rendition = export("arrays=index", tall);
        assertThat(rendition.csvFallback()).isEqualTo(CsvFallback.CELLS);
        assertThat(rendition.body().toString()).startsWith("m0,m1,m2,");
        assertTooLarge(CsvFallback.CELLS, tall, "arrays=index");
    }

    @Test
    void a_fallback_from_unwinding_may_need_the_next() {
        Workflow both =
                workflow("[{\"x\":[" + "0,".repeat(100_000) + "0]}," + wideObject(1000) + ",{}".repeat(5_000) + "]");
        Rendition rendition = export("arrays=unwind", both);
        assertThat(rendition.csvFallback()).isEqualTo(CsvFallback.CELLS);
        assertThat(rendition.body().toString()).startsWith("value\r\n\"[{\"\"x\"\":[0,");
    }

    @Test
    void chosen_columns_do_not_hide_what_is_in_one_cell() {
        Workflow tall = workflow("[" + "{},".repeat(2_500) + "{\"a\":1}]");
        Rendition rendition = export("columns=" + twoThousandNames(), tall);
        assertThat(rendition.csvFallback()).isEqualTo(CsvFallback.CELLS);
        assertThat(rendition.columnsOmitted()).isZero();
        assertThat(rendition.body().toString()).startsWith("value\r\n\"[{},{},");
    }

    @Test
    void a_long_cell_repeated_often_is_too_large_too() {
        Workflow repeating = workflow("{\"s\":\"" + "x".repeat(10_000) + "\",\"a\":[" + "0,".repeat(9_999) + "0]}");
        assertThat(export("arrays=unwind", repeating).csvFallback()).isEqualTo(CsvFallback.CELLS);
        assertTooLarge(CsvFallback.CELLS, repeating, "arrays=unwind");
    }

    @Test
    void long_names_repeated_often_are_too_large_too() {
        String name = "n".repeat(10_000);
        Workflow repeating = workflow("{\"" + name + "\":" + wideObject(10_000) + "}");
        Rendition rendition = export("", repeating);
        assertThat(rendition.csvFallback()).isEqualTo(CsvFallback.CELLS);
        assertThat(rendition.body().toString()).startsWith("value\r\n\"{\"\"nnn");
        assertTooLarge(CsvFallback.CELLS, repeating, "");
        assertThat(export("columns=x", repeating).csvFallback()).isEqualTo(CsvFallback.NONE);
    }

    @Test
    void a_mixed_array_is_not_taken_for_columns_that_are_too_many() {
        StringBuilder objects = new StringBuilder("[");
        for (int i = 0; i < 3_000; i++) {
            objects.append("{\"c").append(i).append("\":1},");
        }
        assertThat(export("", workflow(objects + "2]")).csvFallback()).isEqualTo(CsvFallback.NONE);
        assertThat(export("", workflow(objects + "{}]")).csvFallback()).isEqualTo(CsvFallback.CELLS);
    }

    @Test
    void a_batch_ends_before_the_workflow_that_would_carry_it_over() {
        Workflow small = workflow("{\"a\":1}");
        Workflow tall = workflow("[" + "{},".repeat(2_600) + "{\"b\":1}]");
        Workflow wide = workflow(wideObject(2_000));
        Rendition rendition = export("", small, tall, wide, small);
        assertThat(rendition.leftOver()).isEqualTo(2);
        assertThat(rendition.csvFallback()).isEqualTo(CsvFallback.NONE);
        assertThat(rendition.body()).isEqualTo(export("", small, tall).body());
        assertThat(export("columns=b", small, tall, wide, small).leftOver()).isZero();
        Rendition omitting = export("columns=" + twoThousandNames(), small, tall, wide, small);
        assertThat(omitting.leftOver()).isEqualTo(3);
    }

    @Test
    void what_a_left_over_workflow_would_have_added_is_not_there() {
        Workflow first = workflow("{\"a\":[1],\"b\":null}");
        Workflow over = workflow("{\"a\":[" + "0,".repeat(100_000) + "0],\"c\":1}");
        Rendition rendition = export("arrays=unwind&columns=c,a", first, over);
        assertThat(rendition.leftOver()).isEqualTo(1);
        assertThat(rendition.columnsOmitted()).isEqualTo(1);
        assertThat(rendition.body().toString()).isEqualTo("c,a\r\n,1\r\n");
    }

    @Test
    void the_first_of_a_batch_is_never_left_over() {
        Workflow over = workflow("{\"a\":[" + "0,".repeat(100_000) + "0]}");
        Workflow small = workflow("{\"a\":1}");
        Rendition rendition = export("arrays=unwind", over, small, small);
        assertThat(rendition.leftOver()).isEqualTo(2);
        assertThat(rendition.csvFallback()).isEqualTo(CsvFallback.UNWIND);
        assertThat(rendition.body()).isEqualTo(export("", over).body());
    }

    @Test
    void unwound_rows_are_counted_over_a_batch() {
        Workflow half = workflow("{\"a\":[" + "0,".repeat(49_999) + "0]}");
        Workflow one = workflow("{\"a\":[0]}");
        assertThat(export("arrays=unwind", half, half).leftOver()).isZero();
        assertThat(export("arrays=unwind", half, half, workflow("{\"a\":0}")).leftOver())
                .isZero();
        assertThat(export("arrays=unwind", half, half, one).leftOver()).isEqualTo(1);
    }

    @Test
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
    void a_hundred_thousand_columns() {
        String csv = csv("", workflow(wideObject(100_000)));
        assertThat(csv).startsWith("c0,c1,c2,").endsWith(",99998,99999\r\n");
        assertThat(csv.chars().filter(c -> c == ',').count()).isEqualTo(2 * 99_999);
    }

    @Test
    void a_cell_of_a_megabyte() {
        String text = "x\\\"y, ".repeat(170_000);
        assertThat(csv("", workflow("{\"a\":\"" + text + "\",\"b\":[\"" + text + "\"]}")))
                .isEqualTo("a,b\r\n\"" + "x\"\"y, ".repeat(170_000) + "\",\"[\"\"" + "x\\\"\"y, ".repeat(170_000)
                        + "\"\"]\"\r\n");
    }

    @Test
    void a_number_of_130000_digits() {
        String digits = "7".repeat(130_000);
        assertThat(csv("", workflow("{\"a\":" + digits + ",\"b\":-0." + digits + "}")))
                .isEqualTo("a,b\r\n" + digits + ",-0." + digits + "\r\n");
    }

    /** Members c0, c1 and so on, with their numbers as values. */
    private static String wideObject(int members) {
        return IntStream.range(0, members).mapToObj(i -> "\"c" + i + "\":" + i).collect(joining(",", "{", "}"));
    }

    /** Members m0, m1 and so on, all with this value. */
    private static String object(int members, String value) {
        return IntStream.range(0, members)
                .mapToObj(i -> "\"m" + i + "\":" + value)
                .collect(joining(",", "{", "}"));
    }

    private static String twoThousandNames() {
        return IntStream.range(0, 2_000).mapToObj(i -> "n" + i).collect(joining(","));
    }

    private void assertTooLarge(CsvFallback bound, Workflow workflow, String query) {
        for (CsvOutcome outcome : List.of(
                exporter().table(workflow, options(query)),
                exporter().preview(workflow.content().data(), options(query)))) {
            assertThat(outcome).isInstanceOf(CsvOutcome.TooLarge.class);
            CsvOutcome.TooLarge tooLarge = (CsvOutcome.TooLarge) outcome;
            assertThat(tooLarge.bound()).isEqualTo(bound);
            assertThat(tooLarge.detail()).startsWith("The table would have more than ");
        }
    }

    private String csv(String query, Workflow... workflows) {
        return export(query, workflows).body().toString();
    }

    private Rendition export(String query, Workflow... workflows) {
        return exporter().export(List.of(workflows), options(query));
    }

    private static CsvOptions options(String query) {
        Map<String, String> texts = new CsvCase("", query, List.of(), new CsvCase.Expected("", 0), null).options();
        return switch (CsvOptionsReader.FOR_WORKFLOWS.read(texts)) {
            case CsvReading.Read read -> read.options();
            case CsvReading.Refused refused -> throw new IllegalArgumentException(refused.toString());
        };
    }

    private static Rendition rendition(CsvOutcome outcome) {
        return switch (outcome) {
            case CsvOutcome.Table table -> table.rendition();
            case CsvOutcome.TooLarge tooLarge -> throw new AssertionError(tooLarge.detail());
        };
    }

    private Workflow workflow(String json) {
        UUID id = ids.next();
        return Workflow.submitted(id, new Content(Utf8Text.of(json), List.of()));
    }
}
