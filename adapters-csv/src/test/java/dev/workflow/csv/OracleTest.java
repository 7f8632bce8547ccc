package dev.workflow.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.workflow.contracts.CsvCase;
import dev.workflow.domain.csv.CsvOptions;
import dev.workflow.domain.csv.CsvOptionsReader;
import dev.workflow.domain.csv.CsvReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers that know nothing of the writer find every cell of every row. */
class OracleTest {
    /** Prints each file it is given as one JSON array of arrays of strings. */
    private static final String PYTHON = """
            import csv, json, sys
            csv.field_size_limit(10**9)
            for name in sys.stdin.read().split():
                with open(name, newline='', encoding='utf-8') as table:
                    print(json.dumps(list(csv.reader(table, strict=True))))
            """;

    @Test
    void fastcsv_finds_the_cells_of_the_cases() {
        for (CsvCase each : CsvCase.all()) {
            if (CsvOptionsReader.FOR_WORKFLOWS.read(each.options()) instanceof CsvReading.Read(CsvOptions options)
                    && options.with().isEmpty()) {
                assertThat(Cells.read(each.expected().csv(), options))
                        .as(each.id())
                        .isEqualTo(Cells.expected(each.documents(), options));
            }
        }
    }

    @Test
    void python_finds_the_cells_of_random_documents(@TempDir Path folder) throws Exception {
        List<String> documents = new ArrayList<>();
        for (int seed = 0; seed < 300; seed++) {
            documents.add(new RandomJson(seed).document());
            Files.writeString(folder.resolve(seed + ".csv"), Render.csv(documents.getLast()));
        }
        List<String> tables = python(folder, documents.size());
        for (int seed = 0; seed < documents.size(); seed++) {
            assertThat(cells(tables.get(seed)))
                    .as(documents.get(seed))
                    .isEqualTo(Cells.expected(List.of(documents.get(seed)), CsvOptions.DEFAULT));
        }
    }

    private static List<String> python(Path folder, int tables) throws IOException, InterruptedException {
        Path names = folder.resolve("names");
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < tables; i++) {
            all.append(folder.resolve(i + ".csv")).append('\n');
        }
        Files.writeString(names, all);
        Path output = folder.resolve("output");
        Process process;
        try {
            process = new ProcessBuilder("python3", "-c", PYTHON)
                    .redirectInput(names.toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "There is no python3: " + e.getMessage());
            throw e;
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return Files.readAllLines(output);
    }

    private static List<List<String>> cells(String json) {
        return ((Json.Arr) Json.parse(json))
                .elements().stream()
                        .map(line -> ((Json.Arr) line)
                                .elements().stream()
                                        .map(cell -> ((Json.Text) cell).text())
                                        .toList())
                        .toList();
    }
}
