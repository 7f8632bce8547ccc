package dev.workflow.csv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.domain.csv.CsvArrays;
import dev.workflow.domain.csv.CsvDialect;
import dev.workflow.domain.csv.CsvMember;
import dev.workflow.domain.csv.CsvOptions;
import dev.workflow.domain.csv.CsvShape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What columns remember, and what they forget again. */
class ColumnsTest {
    @Test
    void columns_that_are_taken_back_have_never_been_there() {
        Columns columns = new Columns(CsvOptions.DEFAULT);
        Path first = columns.member(columns.root(), "first");
        Path second = columns.member(columns.root(), "second");
        assertThat(columns.slot(first)).isZero();
        assertThat(columns.slot(second)).isEqualTo(1);
        assertThat(columns.headerLength()).isEqualTo(11);
        columns.keep(1);
        assertThat(columns.found()).isEqualTo(1);
        assertThat(columns.headerLength()).isEqualTo(5);
        columns.keep(0);
        assertThat(columns.headerLength()).isZero();
        assertThat(columns.slot(second)).isZero();
        assertThat(columns.header(0)).isEqualTo("second");
        assertThat(columns.places()).isEqualTo(2);
    }

    @Test
    void a_chosen_column_that_is_taken_back_can_be_found_again() {
        Columns columns = new Columns(choosing("a", "b"));
        Path leftOut = columns.member(columns.root(), "long");
        Path chosen = columns.member(columns.root(), "b");
        assertThat(columns.slot(leftOut)).isNegative();
        assertThat(columns.slot(chosen)).isEqualTo(2);
        assertThat(columns.omitted()).isEqualTo(1);
        assertThat(columns.headerLength()).isEqualTo(1);
        columns.keep(0);
        assertThat(columns.omitted()).isZero();
        assertThat(columns.headerLength()).isZero();
        assertThat(columns.slot(chosen)).isEqualTo(2);
        assertThat(columns.omitted()).isZero();
        assertThat(columns.width()).isEqualTo(3);
    }

    @Test
    void elements_are_places_as_members_are() {
        Columns columns = new Columns(CsvOptions.DEFAULT);
        Path array = columns.member(columns.root(), "a");
        Path element = columns.element(array, 0);
        assertThat(columns.element(array, 0)).isSameAs(element);
        assertThat(columns.member(columns.root(), "a")).isSameAs(array);
        assertThat(columns.places()).isEqualTo(2);
        assertThat(element.header()).isEqualTo("a[0]");
    }

    private static CsvOptions choosing(String... names) {
        CsvShape shape = new CsvShape(CsvArrays.JSON, null, true, ".", List.of(names));
        return new CsvOptions(shape, CsvDialect.DEFAULT, List.of(CsvMember.UUID));
    }
}
