package dev.workflow.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.workflow.contracts.Corpora;
import dev.workflow.domain.Utf8Text;
import dev.workflow.domain.csv.CsvArrays;
import dev.workflow.domain.csv.CsvDialect;
import dev.workflow.domain.csv.CsvOptions;
import dev.workflow.domain.csv.CsvShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What others have found to be hard. */
class CorporaTest {
    @Test
    void csv_spectrum_comes_back_cell_by_cell() throws IOException {
        for (Path file : Corpora.files("csv-spectrum/json", ".*\\.json")) {
            String document = Files.readString(file);
            assertThat(Cells.read(Render.csv(document), CsvOptions.DEFAULT))
                    .as(file.toString())
                    .isEqualTo(Cells.expected(List.of(document), CsvOptions.DEFAULT));
        }
    }

    @Test
    void naughty_strings_as_values_and_as_names() throws IOException {
        Path file = Corpora.folder("naughty-strings").resolve("blns.json");
        List<Json> strings = ((Json.Arr) Json.parse(Files.readString(file))).elements();
        assertThat(strings).hasSizeGreaterThan(400);
        for (CsvOptions options : List.of(CsvOptions.DEFAULT, safe())) {
            for (Json string : strings) {
                String document = "{\"a\":" + string.raw() + "," + string.raw() + ":[" + string.raw() + "]}";
                assertThat(Cells.read(Render.csv(document, options), options))
                        .isEqualTo(Cells.expected(List.of(document), options));
            }
        }
    }

    private static CsvOptions safe() {
        return new CsvOptions(CsvShape.DEFAULT, new CsvDialect('\t', true, false, null, true), List.of());
    }

    @Test
    void valid_json_is_rendered_and_its_cells_are_found() throws IOException {
        List<Path> files = Corpora.files("json-test-suite/test_parsing", "y_.*\\.json");
        assertThat(files).hasSizeGreaterThan(90);
        for (Path file : files) {
            String document = Files.readString(file);
            for (CsvArrays arrays : CsvArrays.values()) {
                CsvOptions options =
                        new CsvOptions(new CsvShape(arrays, null, true, ".", List.of()), CsvDialect.DEFAULT, List.of());
                assertThat(Cells.read(Render.csv(document, options), options))
                        .as(file.toString())
                        .isEqualTo(Cells.expected(List.of(document), options));
            }
        }
    }

    @Test
    void what_parsers_change_is_not_changed() throws IOException {
        for (Path file : Corpora.files("json-test-suite/test_transform", "(number|object).*\\.json")) {
            String document = Files.readString(file);
            assertThat(Render.csv(document))
                    .as(file.toString())
                    .isEqualTo(new ModelCsv(CsvOptions.DEFAULT, List.of(document)).csv());
        }
    }

    /** Such texts are refused before they come here; nothing worse may happen than that they are refused here too. */
    @Test
    void invalid_json_is_refused_or_rendered() throws IOException {
        List<Path> files = Corpora.files("json-test-suite/test_parsing", "[ni]_.*\\.json");
        assertThat(files).hasSizeGreaterThan(200);
        for (Path file : files) {
            byte[] text = Files.readAllBytes(file);
            assertThatCode(() -> isRefused(text)).as(file.toString()).doesNotThrowAnyException();
        }
    }

    static boolean isRefused(byte[] text) {
        try {
            Render.SHARED.preview(Utf8Text.ofBytes(text), CsvOptions.DEFAULT);
            return false;
        } catch (IllegalArgumentException notJson) {
            return true;
        }
    }
}
