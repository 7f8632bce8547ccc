package dev.workflow.csv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.CsvCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/csv.md} names a case for each choice, and only cases that there are. */
class DocumentationTest {
    private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");

    private final Set<String> ids = CsvCase.all().stream().map(CsvCase::id).collect(Collectors.toSet());
    private final Set<String> parts = ids.stream().map(DocumentationTest::part).collect(Collectors.toSet());

    @Test
    void case_ids_are_told_apart() {
        assertThat(ids).hasSameSizeAs(CsvCase.all());
    }

    @Test
    void cases_that_are_named_are_there() throws IOException {
        List<String> named = codes(Files.readString(page()).replaceAll("(?s)```.*?```", "")).stream()
                .filter(code -> code.matches("[a-z]+(\\.[a-z0-9-]+)+") && parts.contains(part(code)))
                .toList();
        assertThat(named).hasSizeGreaterThan(50).allMatch(ids::contains);
    }

    @Test
    void each_line_of_a_table_with_cases_names_some() throws IOException {
        boolean withCases = false;
        int lines = 0;
        for (String line : Files.readAllLines(page())) {
            if (line.endsWith("| cases |")) {
                withCases = true;
            } else if (!line.startsWith("|")) {
                withCases = false;
            } else if (withCases && !line.startsWith("|-")) {
                lines++;
                String cell = line.substring(line.lastIndexOf('|', line.length() - 2));
                assertThat(codes(cell)).as(line).isNotEmpty().allMatch(ids::contains);
            }
        }
        assertThat(lines).isGreaterThan(25);
    }

    private static String part(String id) {
        return id.replaceAll("\\..*", "");
    }

    private static List<String> codes(String text) {
        return CODE.matcher(text)
                .results()
                .map(MatchResult::group)
                .map(code -> code.substring(1, code.length() - 1))
                .toList();
    }

    private static Path page() {
        Path at = Path.of("").toAbsolutePath();
        while (at != null && !Files.exists(at.resolve("docs/csv.md"))) {
            at = at.getParent();
        }
        return Path.of(String.valueOf(at)).resolve("docs/csv.md");
    }
}
