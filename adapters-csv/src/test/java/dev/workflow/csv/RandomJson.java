package dev.workflow.csv;

import java.util.List;
import java.util.Random;

/** Random documents of all kinds, full of what is hard: white space, escapes, repeated names, empty things, long numbers. */
final class RandomJson {
    private static final List<String> NAMES = List.of(
            "a", "b", "c", "d", "a.b", "a\\", "\\.", "a[0]", "[", "", "#x", "ID", "=f", "-g", "value", "é", "😀", "n,m",
            "q\"r", "x\ny", "\t", "NULL");
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "x",
            "NULL",
            "null",
            "\\.",
            "#",
            "#c",
            "ID",
            "IDx",
            "=1+1",
            "+",
            "-1",
            "@",
            "\tt",
            "\rr",
            "\nn",
            "a,b",
            "a;b",
            "a\tb",
            "say \"hi\"",
            "\"",
            "line\r\nend",
            "é",
            "日本",
            "😀",
            "\u2028",
            "\uFEFF",
            "'",
            "{}",
            "[]",
            "1",
            "true",
            "\\",
            "/");
    private static final List<String> WORDS = List.of(
            "0",
            "-0",
            "1",
            "-1",
            "1.0",
            "1e2",
            "-1E+2",
            "12345678901234567890",
            "0.1000",
            "true",
            "false",
            "null",
            "null");

    private final Random random;
    private final int maxMembers;

    RandomJson(long seed) {
        this.random = new Random(seed);
        this.maxMembers = 1 + random.nextInt(4);
    }

    String document() {
        int depth = random.nextInt(5);
        return random.nextInt(3) == 0 ? array(depth, random.nextBoolean()) : value(depth);
    }

    /** At the root of which is an object that is not empty. */
    String record() {
        return object(1 + random.nextInt(4), 1);
    }

    private String value(int depth) {
        int kind = random.nextInt(depth > 0 ? 8 : 4);
        return switch (kind) {
            case 0, 1 -> pick(WORDS);
            case 2, 3 -> string(pick(TEXTS));
            case 4, 5 -> array(depth - 1, false);
            default -> object(depth - 1, 0);
        };
    }

    private String object(int depth, int least) {
        StringBuilder object = new StringBuilder("{").append(space());
        int members = least + random.nextInt(maxMembers + 1);
        for (int i = 0; i < members; i++) {
            object.append(i == 0 ? "" : ",").append(space()).append(string(pick(NAMES)));
            object.append(space())
                    .append(':')
                    .append(space())
                    .append(value(depth))
                    .append(space());
        }
        return object.append('}').toString();
    }

    private String array(int depth, boolean ofObjects) {
        StringBuilder array = new StringBuilder("[").append(space());
        int elements = random.nextInt(maxMembers + 1);
        for (int i = 0; i < elements; i++) {
            array.append(i == 0 ? "" : ",").append(space());
            array.append(ofObjects ? object(depth, 0) : value(depth)).append(space());
        }
        return array.append(']').toString();
    }

    private String pick(List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }

    private String space() {
        return switch (random.nextInt(12)) {
            case 0 -> " ";
            case 1 -> "\r\n";
            case 2 -> "\t \n";
            default -> "";
        };
    }

    /** A character may be spelled in more ways than one. */
    private String string(String text) {
        StringBuilder string = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c < ' ' || (c != ' ' && random.nextInt(10) == 0)) {
                Character.toString(c).chars().forEach(unit -> string.append(String.format("\\u%04x", unit)));
            } else if (c == '"' || c == '\\') {
                string.append('\\').appendCodePoint(c);
            } else {
                string.appendCodePoint(c);
            }
        });
        return string.append('"').toString();
    }
}
