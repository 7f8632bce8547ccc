package dev.workflow.csv;

import com.fasterxml.jackson.core.JsonToken;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one JSON text, by Jackson's names for them, and where they stand in it. Jackson has read the text when it came in, in all
 * strictness; here nothing is needed but places, and those a parser that makes values has to be asked for one by one
 * (docs/adr/0005). A text that breaks off, or has something out of place, is still refused.
 */
final class JsonTokens {
    /** What stands in a string for itself. */
    private static final boolean[] PLAIN = plain();

    private final byte[] json;
    private final BitSet objects = new BitSet();
    private int depth;
    private @Nullable JsonToken current;
    private int start;
    private int end;
    private boolean inObject;
    private boolean escaped;
    /** Whether a name was only found to start: where it ends is seldom looked for, as {@link #isSpelled} knows. */
    private boolean nameIsOpen;

    JsonTokens(byte[] json) {
        this.json = json;
    }

    private static boolean[] plain() {
        boolean[] plain = new boolean[256];
        Arrays.fill(plain, ' ', plain.length, true);
        plain['"'] = false;
        plain['\\'] = false;
        return plain;
    }

    /** Null at the end of the text. */
    @Nullable JsonToken next() {
        endName();
        int at = skipSpace(end);
        if (depth == 0) {
            return first(at);
        }
        if (current == JsonToken.FIELD_NAME) {
            return value(skipSpace(after(':', at)));
        }
        if (byteAt(at) == (inObject ? '}' : ']')) {
            return close(at);
        }
        if (current != JsonToken.START_OBJECT && current != JsonToken.START_ARRAY) {
            at = skipSpace(after(',', at));
        }
        return inObject ? name(at) : value(at);
    }

    /** The value at the root, or null: after it, or where there is none. */
    private @Nullable JsonToken first(int at) {
        if (at == json.length) {
            return null;
        }
        if (current != null) {
            throw unexpected(at);
        }
        return value(at);
    }

    private JsonToken value(int at) {
        return switch (byteAt(at)) {
            case '"' -> string(JsonToken.VALUE_STRING, at);
            case '{' -> open(true, JsonToken.START_OBJECT, at);
            case '[' -> open(false, JsonToken.START_ARRAY, at);
            case 't' -> word("true", JsonToken.VALUE_TRUE, at);
            case 'f' -> word("false", JsonToken.VALUE_FALSE, at);
            case 'n' -> word("null", JsonToken.VALUE_NULL, at);
            default -> number(at);
        };
    }

    private JsonToken found(JsonToken token, int from, int to) {
        current = token;
        start = from;
        end = to;
        return token;
    }

    private JsonToken open(boolean object, JsonToken token, int at) {
        objects.set(++depth, object);
        inObject = object;
        return found(token, at, at + 1);
    }

    private JsonToken close(int at) {
        JsonToken token = inObject ? JsonToken.END_OBJECT : JsonToken.END_ARRAY;
        inObject = objects.get(--depth);
        return found(token, at, at + 1);
    }

    private JsonToken name(int quote) {
        nameIsOpen = true;
        return found(JsonToken.FIELD_NAME, quote, after('"', quote));
    }

    private void endName() {
        if (nameIsOpen) {
            nameIsOpen = false;
            string(JsonToken.FIELD_NAME, start);
        }
    }

    private JsonToken word(String word, JsonToken token, int at) {
        int to = at;
        for (int i = 0; i < word.length(); i++) {
            to = after(word.charAt(i), to);
        }
        return found(token, at, to);
    }

    private JsonToken string(JsonToken token, int quote) {
        int at = after('"', quote);
        escaped = false;
        while (true) {
            while (at < json.length && PLAIN[json[at] & 0xFF]) {
                at++;
            }
            if (byteAt(at) == '"') {
                return found(token, quote, at + 1);
            }
            escaped = true;
            at = after('\\', at) + 1;
        }
    }

    private JsonToken number(int from) {
        int at = is('-', from) ? from + 1 : from;
        at = is('0', at) ? at + 1 : digits(at);
        JsonToken token = JsonToken.VALUE_NUMBER_INT;
        if (is('.', at)) {
            token = JsonToken.VALUE_NUMBER_FLOAT;
            at = digits(at + 1);
        }
        if (is('e', at) || is('E', at)) {
            token = JsonToken.VALUE_NUMBER_FLOAT;
            at++;
            at = digits(is('+', at) || is('-', at) ? at + 1 : at);
        }
        return found(token, from, at);
    }

    /** Where the digits end, of which there must be one. */
    private int digits(int from) {
        int at = from;
        while (at < json.length && json[at] >= '0' && json[at] <= '9') {
            at++;
        }
        if (at == from) {
            throw unexpected(at);
        }
        return at;
    }

    private boolean is(char c, int at) {
        return at < json.length && json[at] == c;
    }

    private int after(char c, int at) {
        if (byteAt(at) != c) {
            throw unexpected(at);
        }
        return at + 1;
    }

    private byte byteAt(int at) {
        if (at >= json.length) {
            throw unexpected(at);
        }
        return json[at];
    }

    private int skipSpace(int from) {
        int at = from;
        while (at < json.length && json[at] <= ' ' && CompactJson.isSpace(json[at])) {
            at++;
        }
        return at;
    }

    private IllegalArgumentException unexpected(int at) {
        String what = at < json.length ? "byte " + (json[at] & 0xFF) : "end";
        return new IllegalArgumentException("Not a JSON text: unexpected " + what + " at " + at);
    }

    @Nullable JsonToken current() {
        return current;
    }

    /** Whether the string or name that is the current token has escapes in it. */
    boolean isEscaped() {
        return escaped;
    }

    /** Whether the name that is the current token is spelled like this, in JSON but without its quotes. */
    boolean isSpelled(byte[] name) {
        int after = start + 1 + name.length;
        boolean spelled = is('"', after) && Arrays.equals(json, start + 1, after, name, 0, name.length);
        if (spelled && nameIsOpen) {
            nameIsOpen = false;
            end = after + 1;
        }
        return spelled;
    }

    /** The characters of the string or name that is the current token. */
    String text() {
        endName();
        return Escapes.undo(json, start + 1, end - 1);
    }

    /** The text itself. */
    byte[] bytes() {
        return json;
    }

    /** Where the current token starts, in bytes. */
    int start() {
        return start;
    }

    /** Moves to the last token of the current value. */
    void skip() {
        if (current == JsonToken.START_OBJECT || current == JsonToken.START_ARRAY) {
            for (int outside = depth - 1; depth > outside; ) {
                next();
            }
        }
    }

    /** Moves to the last token of the current value and answers where it ends, in bytes. */
    int end() {
        skip();
        return end;
    }

    /** Moves to the first token, which there must be. */
    JsonToken first() {
        JsonToken first = next();
        if (first == null) {
            throw new IllegalArgumentException("Not a JSON text: there is nothing in it");
        }
        return first;
    }
}
