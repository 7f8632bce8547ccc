package dev.workflow.contracts;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.domain.Workflow;
import dev.workflow.domain.csv.CsvFallback;
import dev.workflow.domain.csv.CsvOutcome;
import dev.workflow.domain.csv.Rendition;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every exporter must do with a workflow that would be too large. */
public abstract class CsvBoundsContract extends CsvFixture {
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
    @Tag("large")
    void a_long_cell_repeated_often_is_too_large_too() {
        Workflow repeating = workflow("{\"s\":\"" + "x".repeat(10_000) + "\",\"a\":[" + "0,".repeat(9_999) + "0]}");
        assertThat(export("arrays=unwind", repeating).csvFallback()).isEqualTo(CsvFallback.CELLS);
        assertTooLarge(CsvFallback.CELLS, repeating, "arrays=unwind");
    }

    @Test
    @Tag("large")
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

    /** Members m0, m1 and so on, all with this value. */
    private static String object(int members, String value) {
        return IntStream.range(0, members)
                .mapToObj(i -> "\"m" + i + "\":" + value)
                .collect(joining(",", "{", "}"));
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
}
