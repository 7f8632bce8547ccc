package dev.workflow.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.csv.JsonCsvExporter;
import dev.workflow.domain.Utf8Text;
import dev.workflow.domain.csv.CsvOptions;
import dev.workflow.domain.csv.CsvOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A comparison says something only when all who are compared do the same. */
class SameTableTest {
    @ParameterizedTest
    @EnumSource
    void both_ways_write_the_same(CsvDocument document) throws IOException {
        byte[] json = document.json();
        CsvOutcome outcome = new JsonCsvExporter().preview(Utf8Text.ofBytes(json), CsvOptions.DEFAULT);

        String table = new String(new JacksonCsv().write(json), StandardCharsets.UTF_8);
        assertThat(((CsvOutcome.Table) outcome).rendition().body()).hasToString(table);
        assertThat(table.lines()).hasSize(1 + document.rows());
    }
}
