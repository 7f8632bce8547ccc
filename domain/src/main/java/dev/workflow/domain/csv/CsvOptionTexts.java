package dev.workflow.domain.csv;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The option texts of one request being read. A wrong one is noted, and any value taken in its place to read on. */
final class CsvOptionTexts {
    private static final String DELIMITER_TAKES =
            "takes tab or one ASCII character, but no letter, digit, quote, backslash, CR or LF.";

    private final Map<String, String> texts;
    private final Set<String> known;
    private final boolean hasWorkflows;
    private final List<String> problems = new ArrayList<>();

    CsvOptionTexts(Map<String, String> texts, Set<String> known, boolean hasWorkflows) {
        this.texts = texts;
        this.known = known;
        this.hasWorkflows = hasWorkflows;
    }

    CsvReading read() {
        CsvOptions options = new CsvOptions(shape(), dialect(), with());
        return problems.isEmpty() ? new CsvReading.Read(options) : new CsvReading.Refused(problems);
    }

    private CsvShape shape() {
        return new CsvShape(arrays(), unwind(), flag("flatten", true), separator(), columns());
    }

    private CsvDialect dialect() {
        char delimiter = delimiter();
        return new CsvDialect(
                delimiter, flag("header", true), flag("bom", false), nullText(delimiter), flag("safe", false));
    }

    private @Nullable String text(String option) {
        return known.contains(option) ? texts.get(option) : null;
    }

    private void refuse(String option, String detail) {
        problems.add(option + " " + detail);
    }

    private boolean flag(String option, boolean otherwise) {
        String text = text(option);
        if (text == null) {
            return otherwise;
        }
        if (!text.equals("true") && !text.equals("false")) {
            refuse(option, "takes true or false.");
        }
        return text.equals("true");
    }

    private CsvArrays arrays() {
        String text = text("arrays");
        if (text == null) {
            return text("unwind") == null ? CsvArrays.JSON : CsvArrays.UNWIND;
        }
        return switch (text) {
            case "json" -> CsvArrays.JSON;
            case "index" -> CsvArrays.INDEX;
            case "unwind" -> CsvArrays.UNWIND;
            default -> {
                refuse("arrays", "takes json, index or unwind.");
                yield CsvArrays.JSON;
            }
        };
    }

    private @Nullable String unwind() {
        String text = text("unwind");
        if (text == null) {
            return null;
        }
        if (text.isEmpty()) {
            refuse("unwind", "takes the name of a column, spelled as in the header.");
        }
        String arrays = text("arrays");
        if (arrays != null && !arrays.equals("unwind")) {
            refuse("unwind", "goes with arrays=unwind only, which may be left out.");
        }
        return text;
    }

    /** A backslash marks separators inside names, and a bracket opens an index: neither can separate as well. */
    private String separator() {
        String text = text("separator");
        if (text == null) {
            return CsvShape.DEFAULT.separator();
        }
        if (!isOneCharacter(text) || text.equals("\\")) {
            refuse("separator", "takes one character, but no backslash.");
        } else if (text.equals("[") && arrays() == CsvArrays.INDEX) {
            refuse("separator", "takes no [ together with arrays=index.");
        }
        return text;
    }

    private static boolean isOneCharacter(String text) {
        return text.codePointCount(0, text.length()) == 1 && !isLoneSurrogate(text.codePointAt(0));
    }

    private static boolean isLoneSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    private char delimiter() {
        String text = text("delimiter");
        if (text == null) {
            text = String.valueOf(CsvDialect.DEFAULT.delimiter());
        } else if (text.equals("tab")) {
            text = "\t";
        }
        if (text.length() != 1 || !mayDelimit(text.charAt(0))) {
            refuse("delimiter", DELIMITER_TAKES);
            return CsvDialect.DEFAULT.delimiter();
        }
        refuseSeparator(text);
        return text.charAt(0);
    }

    private void refuseSeparator(String delimiter) {
        String separator = text("separator");
        if (separator == null && known.contains("separator")) {
            separator = CsvShape.DEFAULT.separator();
        }
        if (!delimiter.equals(separator)) {
            return;
        }
        if (text("delimiter") == null) {
            refuse("separator", "must differ from the delimiter.");
        } else {
            refuse("delimiter", "must differ from the separator.");
        }
    }

    private static boolean mayDelimit(char c) {
        return c < 0x80 && !Character.isLetterOrDigit(c) && "\"\\\r\n".indexOf(c) < 0;
    }

    private @Nullable String nullText(char delimiter) {
        String text = text("null");
        if (text != null && text.chars().anyMatch(c -> c == delimiter || "\"\r\n".indexOf(c) >= 0)) {
            refuse("null", "takes a text without the delimiter, quote, CR and LF.");
        }
        return text;
    }

    private List<String> columns() {
        String text = text("columns");
        if (text == null) {
            return List.of();
        }
        List<String> names = CsvRecord.parse(text);
        if (names.isEmpty()) {
            refuse("columns", "takes one comma-separated CSV record of column names, spelled as in the header.");
        } else if (new HashSet<>(names).size() < names.size()) {
            refuse("columns", "takes each name once.");
        }
        return names;
    }

    private List<CsvMember> with() {
        String text = text("with");
        if (text == null) {
            return List.of();
        }
        if (!hasWorkflows) {
            refuse("with", "takes members of a workflow, and there is none here.");
        }
        List<CsvMember> members = new ArrayList<>();
        for (String name : text.split(",", -1)) {
            addMember(name, members);
        }
        return members;
    }

    private void addMember(String name, List<CsvMember> members) {
        for (CsvMember member : CsvMember.values()) {
            if (member.text().equals(name) && !members.contains(member)) {
                members.add(member);
                return;
            }
        }
        refuse("with", "takes UUID, created_at, steps and attempt, each once, with commas between them.");
    }
}
