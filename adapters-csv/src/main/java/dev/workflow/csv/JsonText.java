package dev.workflow.csv;

import dev.workflow.domain.CompactJson;
import java.util.Arrays;

/** Where the words of one JSON text end. Each position that is answered is the one after what was asked for. */
final class JsonText {
    /** What stands in a string for itself. */
    private static final boolean[] PLAIN = plain();

    private final byte[] json;
    private boolean escaped;

    JsonText(byte[] json) {
        this.json = json;
    }

    private static boolean[] plain() {
        boolean[] plain = new boolean[256];
        Arrays.fill(plain, ' ', plain.length, true);
        plain['"'] = false;
        plain['\\'] = false;
        return plain;
    }

    byte[] bytes() {
        return json;
    }

    /** Whether the string that was last asked for has escapes in it. */
    boolean isEscaped() {
        return escaped;
    }

    boolean isEnd(int at) {
        return at == json.length;
    }

    byte byteAt(int at) {
        if (at >= json.length) {
            throw unexpected(at);
        }
        return json[at];
    }

    boolean is(char c, int at) {
        return at < json.length && json[at] == c;
    }

    int after(char c, int at) {
        if (byteAt(at) != c) {
            throw unexpected(at);
        }
        return at + 1;
    }

    int afterSpace(int from) {
        int at = from;
        while (at < json.length && json[at] <= ' ' && CompactJson.isSpace(json[at])) {
            at++;
        }
        return at;
    }

    int afterWord(String word, int from) {
        int at = from;
        for (int i = 0; i < word.length(); i++) {
            at = after(word.charAt(i), at);
        }
        return at;
    }

    int afterString(int quote) {
        int at = after('"', quote);
        escaped = false;
        while (true) {
            while (at < json.length && PLAIN[json[at] & 0xFF]) {
                at++;
            }
            if (byteAt(at) == '"') {
                return at + 1;
            }
            escaped = true;
            at = after('\\', at) + 1;
        }
    }

    int afterNumber(int from) {
        int at = is('-', from) ? from + 1 : from;
        at = is('0', at) ? at + 1 : afterDigits(at);
        if (is('.', at)) {
            at = afterDigits(at + 1);
        }
        if (is('e', at) || is('E', at)) {
            at++;
            at = afterDigits(is('+', at) || is('-', at) ? at + 1 : at);
        }
        return at;
    }

    /** There must be one at least. */
    private int afterDigits(int from) {
        int at = from;
        while (at < json.length && json[at] >= '0' && json[at] <= '9') {
            at++;
        }
        if (at == from) {
            throw unexpected(at);
        }
        return at;
    }

    IllegalArgumentException unexpected(int at) {
        String what = at < json.length ? "byte " + (json[at] & 0xFF) : "end";
        return new IllegalArgumentException("Not a JSON text: unexpected " + what + " at " + at);
    }
}
