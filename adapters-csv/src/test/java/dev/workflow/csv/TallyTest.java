package dev.workflow.csv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.domain.csv.CsvOptions;
import org.junit.jupiter.api.Test;

/** Each bound to the last row, cell and byte. */
class TallyTest {
    private final Columns columns = new Columns(CsvOptions.DEFAULT);
    private final Lines lines = new Lines(16);
    private final Tally tally = new Tally(columns, lines);

    @Test
    void unwound_rows_add_up() {
        tally.unwind(60_000);
        tally.unwind(40_000);
        assertThat(tally.fits(0)).isTrue();
        assertThat(tally.unwoundRows()).isEqualTo(100_000);
        tally.unwind(1);
        assertThat(tally.fits(0)).isFalse();
        assertThat(tally.crossed()).isEqualTo(Bound.UNWOUND_ROWS);
    }

    @Test
    void cells_are_rows_times_columns() {
        findColumn("a");
        findColumn("b");
        lines.end(2);
        assertThat(tally.fits(2_499_999)).isTrue();
        assertThat(tally.crossed()).isNull();
        assertThat(tally.fits(2_500_000)).isFalse();
        assertThat(tally.crossed()).isEqualTo(Bound.CELLS);
    }

    @Test
    void bytes_are_those_of_the_lines_and_the_header() {
        lines.bytes().add(new byte[(64 << 20) - 3]);
        findColumn("abc");
        assertThat(tally.fits(1)).isTrue();
        findColumn("d");
        assertThat(tally.fits(1)).isFalse();
        assertThat(tally.crossed()).isEqualTo(Bound.BYTES);
    }

    @Test
    void going_back_forgets_what_was_crossed() {
        tally.unwind(100_001);
        assertThat(tally.fits(0)).isFalse();
        tally.goBack(7);
        assertThat(tally.crossed()).isNull();
        assertThat(tally.unwoundRows()).isEqualTo(7);
        assertThat(tally.fits(0)).isTrue();
    }

    private void findColumn(String name) {
        columns.slot(columns.member(columns.root(), name));
    }
}
