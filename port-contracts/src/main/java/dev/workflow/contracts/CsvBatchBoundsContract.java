package dev.workflow.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.domain.Workflow;
import dev.workflow.domain.csv.CsvFallback;
import dev.workflow.domain.csv.Rendition;
import org.junit.jupiter.api.Test;

/** What every exporter must do with several workflows that would be too large together. */
public abstract class CsvBatchBoundsContract extends CsvFixture {
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
}
