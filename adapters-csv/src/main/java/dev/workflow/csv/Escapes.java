package dev.workflow.csv;

import java.nio.charset.StandardCharsets;

/** The escapes of JSON strings. */
final class Escapes {
    private static final int HEX_DIGITS = 4;

    private Escapes() {}

    /** The characters of a string that stands between its quotes from {@code start} to before {@code end}. */
    static String undo(byte[] json, int start, int end) {
        int backslash = next(json, start, end);
        if (backslash == end) {
            return decoded(json, start, end);
        }
        StringBuilder text = new StringBuilder(end - start);
        int kept = start;
        while (backslash < end) {
            text.append(decoded(json, kept, backslash)).append(character(json, backslash + 1, end));
            kept = backslash + (json[backslash + 1] == 'u' ? 2 + HEX_DIGITS : 2);
            backslash = next(json, kept, end);
        }
        return text.append(decoded(json, kept, end)).toString();
    }

    private static int next(byte[] json, int from, int end) {
        int at = from;
        while (at < end && json[at] != '\\') {
            at++;
        }
        return at;
    }

    private static String decoded(byte[] json, int start, int end) {
        return new String(json, start, end - start, StandardCharsets.UTF_8);
    }

    private static char character(byte[] json, int at, int end) {
        return switch (json[at]) {
            case '"', '\\', '/' -> (char) json[at];
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unit(json, at + 1, end);
            default -> throw notJson(at);
        };
    }

    private static char unit(byte[] json, int start, int end) {
        int unit = 0;
        for (int at = start; at < start + HEX_DIGITS; at++) {
            int digit = at < end ? Character.digit(json[at], 16) : -1;
            if (digit < 0) {
                throw notJson(at);
            }
            unit = unit << 4 | digit;
        }
        return (char) unit;
    }

    private static IllegalArgumentException notJson(int at) {
        return new IllegalArgumentException("Not a JSON text: no such escape at " + at);
    }
}
