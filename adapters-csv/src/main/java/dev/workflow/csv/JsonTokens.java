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
    private final JsonText json;
    private final BitSet objects = new BitSet();
    private int depth;
    private boolean inObject;
    private @Nullable JsonToken current;
    private int start;
    private int end;
    /** Whether a name was only found to start: where it ends is seldom looked for, as {@link #isSpelled} knows. */
    private boolean nameIsOpen;

    JsonTokens(byte[] json) {
        this.json = new JsonText(json);
    }

    /** Null at the end of the text. */
    @Nullable JsonToken next() {
        endName();
        int at = json.afterSpace(end);
        if (depth == 0) {
            return root(at);
        }
        if (current == JsonToken.FIELD_NAME) {
            return value(json.afterSpace(json.after(':', at)));
        }
        if (json.byteAt(at) == (inObject ? '}' : ']')) {
            return close(at);
        }
        if (current != JsonToken.START_OBJECT && current != JsonToken.START_ARRAY) {
            at = json.afterSpace(json.after(',', at));
        }
        return inObject ? name(at) : value(at);
    }

    /** The value at the root, or null: after it, or where there is none. */
    private @Nullable JsonToken root(int at) {
        if (json.isEnd(at)) {
            return null;
        }
        if (current != null) {
            throw json.unexpected(at);
        }
        return value(at);
    }

    /** A number is one of integers here, since nobody asks which it is. */
    private JsonToken value(int at) {
        return switch (json.byteAt(at)) {
            case '"' -> found(JsonToken.VALUE_STRING, at, json.afterString(at));
            case '{' -> open(true, JsonToken.START_OBJECT, at);
            case '[' -> open(false, JsonToken.START_ARRAY, at);
            case 't' -> found(JsonToken.VALUE_TRUE, at, json.afterWord("true", at));
            case 'f' -> found(JsonToken.VALUE_FALSE, at, json.afterWord("false", at));
            case 'n' -> found(JsonToken.VALUE_NULL, at, json.afterWord("null", at));
            default -> found(JsonToken.VALUE_NUMBER_INT, at, json.afterNumber(at));
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
        return found(JsonToken.FIELD_NAME, quote, json.after('"', quote));
    }

    private void endName() {
        if (nameIsOpen) {
            nameIsOpen = false;
            end = json.afterString(start);
        }
    }

    @Nullable JsonToken current() {
        return current;
    }

    /** Whether the string that is the current token has escapes in it. */
    boolean isEscaped() {
        return json.isEscaped();
    }

    /** Whether the name that is the current token is spelled like this, in JSON but without its quotes. */
    boolean isSpelled(byte[] name) {
        int after = start + 1 + name.length;
        boolean spelled = json.is('"', after) && Arrays.equals(json.bytes(), start + 1, after, name, 0, name.length);
        if (spelled && nameIsOpen) {
            nameIsOpen = false;
            end = after + 1;
        }
        return spelled;
    }

    /** The characters of the string or name that is the current token. */
    String text() {
        endName();
        return Escapes.undo(json.bytes(), start + 1, end - 1);
    }

    /** The text itself. */
    byte[] bytes() {
        return json.bytes();
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
