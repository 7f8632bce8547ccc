package dev.workflow.csv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.csv.Document.Form;
import dev.workflow.domain.Utf8Text;
import dev.workflow.domain.csv.CsvArrays;
import dev.workflow.domain.csv.CsvDialect;
import dev.workflow.domain.csv.CsvOptions;
import dev.workflow.domain.csv.CsvShape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept from one table to the next, and what is not. */
class TablesTest {
    private static final CsvOptions INDEXED =
            CsvOptions.DEFAULT.withShape(new CsvShape(CsvArrays.INDEX, null, true, ".", List.of()));

    private static final LivingTexts TEXTS = new LivingTexts(1 << 20, () -> {});

    private final Tables tables = new Tables();

    @Test
    void a_small_table_is_used_again() {
        Table table = written("{\"a\":1,\"b\":[2]}", CsvOptions.DEFAULT);
        tables.giveBack(table);
        Table again = tables.take(CsvOptions.DEFAULT, 1);
        assertThat(again).isSameAs(table);
        again.add(document("{\"b\":3}"));
        assertThat(again.text(TEXTS)).isEqualTo(Utf8Text.of("b\r\n3\r\n"));
    }

    @Test
    void nobody_else_gets_it_meanwhile() {
        tables.giveBack(written("{\"a\":1}", CsvOptions.DEFAULT));
        assertThat(tables.take(CsvOptions.DEFAULT, 1)).isNotSameAs(tables.take(CsvOptions.DEFAULT, 1));
    }

    @Test
    void other_options_need_another_table() {
        Table table = written("{\"a\":1}", CsvOptions.DEFAULT);
        tables.giveBack(table);
        CsvOptions other = new CsvOptions(CsvShape.DEFAULT, new CsvDialect(';', true, false, null, false), List.of());
        assertThat(tables.take(other, 1)).isNotSameAs(table);
    }

    @Test
    void a_table_with_many_places_is_not_kept() {
        assertKept("[" + "1,".repeat(100) + "1]", true);
        assertKept("{\"a\":[" + "1,".repeat(1_500) + "1]}", false);
        assertKept("{\"a\":[" + "{\"x\":[]},".repeat(600) + "1]}", false);
    }

    @Test
    void a_table_with_many_cells_in_a_row_is_not_kept() {
        assertKept("{\"a\":[" + "1,".repeat(900) + "1]}", false);
        assertKept("{\"a\":[" + "1,".repeat(400) + "1]}", true);
    }

    @Test
    void a_table_with_much_text_is_not_kept() {
        assertKept("{\"a\":\"" + "x".repeat(70_000) + "\"}", false);
        assertKept("{\"a\":\"\\u0041" + "x".repeat(70_000) + "\"}", false);
        assertKept("{\"a\":\"" + "x".repeat(20_000) + "\"}", true);
    }

    private void assertKept(String json, boolean kept) {
        Table table = written(json, INDEXED);
        tables.giveBack(table);
        assertThat(tables.take(INDEXED, 1) == table).as(json).isEqualTo(kept);
    }

    private static Table written(String json, CsvOptions options) {
        Table table = new Table(options, 1);
        assertThat(table.add(document(json))).isNull();
        table.text(TEXTS);
        return table;
    }

    private static Document document(String json) {
        return new Document(Utf8Text.of(json), null, Form.RECORDS);
    }
}
