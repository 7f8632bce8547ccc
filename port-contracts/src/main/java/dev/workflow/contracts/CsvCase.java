package dev.workflow.contracts;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A case of JSON to CSV, as the files in {@code csv} beside this class hold them; their README says how.
 *
 * @param query the options, as they stand in a URL
 * @param documents JSON texts; several are a batch
 * @param refused the option that is refused; null: the CSV is as expected
 */
public record CsvCase(
        String id,
        String query,
        List<String> documents,
        Expected expected,
        @Nullable String refused) {
    private static final List<String> FILES = List.of(
            "01-objects",
            "02-scalars",
            "03-arrays",
            "04-nulls",
            "05-names",
            "06-quoting",
            "07-delimiter",
            "08-index",
            "09-unwind",
            "10-flatten-separator",
            "11-columns",
            "12-header-bom",
            "13-safe",
            "14-batches",
            "15-refused",
            "16-with");
    private static final Pattern CODE_POINT = Pattern.compile("⟦([0-9a-f]+)⟧");

    /** What a case expects where nothing is refused. */
    public record Expected(String csv, int columnsOmitted) {}

    /** All cases of all files. */
    public static List<CsvCase> all() {
        List<CsvCase> cases = new ArrayList<>();
        for (String file : FILES) {
            for (String block : read("csv/" + file + ".txt").strip().split("\n\n+", -1)) {
                cases.add(parse(List.of(block.split("\n", -1))));
            }
        }
        return cases;
    }

    @Override
    public String toString() {
        return id;
    }

    /** The options by their names. */
    public Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        for (String option : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            int equals = option.indexOf('=');
            options.put(
                    option.substring(0, equals),
                    URLDecoder.decode(option.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return options;
    }

    private static CsvCase parse(List<String> lines) {
        String refused = piece(lines, '!');
        String omitted = piece(lines, '+').replace("omitted=", "");
        Expected expected = new Expected(decoded(piece(lines, '>')), omitted.isEmpty() ? 0 : Integer.parseInt(omitted));
        List<String> documents =
                pieces(lines, '<').stream().map(CsvCase::decoded).toList();
        return new CsvCase(
                piece(lines, '='), piece(lines, '?'), documents, expected, refused.isEmpty() ? null : refused);
    }

    private static String piece(List<String> lines, char kind) {
        return String.join("", pieces(lines, kind));
    }

    private static List<String> pieces(List<String> lines, char kind) {
        return lines.stream()
                .filter(line -> line.charAt(0) == kind)
                .map(line -> line.length() > 1 ? line.substring(2) : "")
                .toList();
    }

    private static String decoded(String text) {
        String controls =
                text.replace('␍', '\r').replace('␊', '\n').replace('␉', '\t').replace('␀', '\0');
        String spaces = controls.replace('␠', ' ').replace('⌂', '\uFEFF');
        return CODE_POINT.matcher(spaces).replaceAll(match -> Character.toString(Integer.parseInt(match.group(1), 16)));
    }

    private static String read(String name) {
        try (InputStream file = CsvCase.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("There is no " + name);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(name, e);
        }
    }
}
