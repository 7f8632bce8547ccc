package dev.workflow.csv;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The way back, where there is one: the object that a table of one row was made of. A cell that reads as a number, a boolean, an
 * array or an empty object is taken for it, so no text of the document may read as one; and a null must not be the only cell.
 */
final class CsvToJson {
    private static final String NUMBER = "-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?";

    private CsvToJson() {}

    /** Whether the table of this object determines it. */
    static boolean isDetermined(String document) {
        Json.Obj object = (Json.Obj) Json.parse(document);
        return textsAreTexts(object) && !(columns(object) == 1 && holdsNull(object));
    }

    private static int columns(Json.Obj object) {
        return object.members().values().stream()
                .mapToInt(value ->
                        value instanceof Json.Obj nested && !nested.members().isEmpty() ? columns(nested) : 1)
                .sum();
    }

    private static boolean holdsNull(Json.Obj object) {
        return object.members().values().stream()
                .anyMatch(
                        value -> value instanceof Json.Null || (value instanceof Json.Obj nested && holdsNull(nested)));
    }

    private static boolean textsAreTexts(Json.Obj object) {
        return object.members().values().stream().allMatch(value -> switch (value) {
            case Json.Obj nested -> textsAreTexts(nested);
            case Json.Text(String text, String raw) -> !readsAsJson(text);
            default -> true;
        });
    }

    private static boolean readsAsJson(String cell) {
        return cell.matches(NUMBER + "|true|false|\\{}|(?s:\\[.*])");
    }

    static String read(String csv) {
        List<List<@Nullable String>> lines = QuoteAwareLines.read(csv);
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < lines.getFirst().size(); i++) {
            String header = lines.getFirst().get(i);
            put(object, names(header == null ? "" : header), value(lines.get(1).get(i)));
        }
        return text(object);
    }

    private static String value(@Nullable String cell) {
        if (cell == null) {
            return "null";
        }
        return readsAsJson(cell) ? cell : quoted(cell);
    }

    /** The names that a header joins with dots: a backslash says that the next character belongs to the name. */
    private static List<String> names(String header) {
        List<String> names = new ArrayList<>();
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < header.length(); i++) {
            if (header.charAt(i) == '.') {
                names.add(name.toString());
                name.setLength(0);
            } else {
                i += header.charAt(i) == '\\' ? 1 : 0;
                name.append(header.charAt(i));
            }
        }
        names.add(name.toString());
        return names;
    }

    @SuppressWarnings("unchecked") // only maps are put where names go on
    private static void put(Map<String, Object> object, List<String> names, String value) {
        Map<String, Object> at = object;
        for (String name : names.subList(0, names.size() - 1)) {
            at = (Map<String, Object>) at.computeIfAbsent(name, absent -> new LinkedHashMap<String, Object>());
        }
        at.put(names.getLast(), value);
    }

    private static String text(Object value) {
        return value instanceof Map<?, ?> members
                ? members.entrySet().stream()
                        .map(member -> quoted((String) member.getKey()) + ":" + text(member.getValue()))
                        .collect(joining(",", "{", "}"))
                : (String) value;
    }

    /** The document with each string spelled in one way, but for those within arrays. */
    static String canonical(String document) {
        return canonical(Json.parse(document));
    }

    private static String canonical(Json value) {
        return switch (value) {
            case Json.Obj object ->
                object.members().entrySet().stream()
                        .map(member -> quoted(member.getKey()) + ":" + canonical(member.getValue()))
                        .collect(joining(",", "{", "}"));
            case Json.Text(String text, String raw) -> quoted(text);
            default -> value.raw();
        };
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars()
                .forEach(c -> quoted.append(c == '"' || c == '\\' || c < ' ' ? String.format("\\u%04x", c) : (char) c));
        return quoted.append('"').toString();
    }
}
