package dev.workflow.rest.json;

import com.fasterxml.jackson.core.JsonToken;
import dev.workflow.domain.Utf8Text;
import org.jspecify.annotations.Nullable;

/** Reads one value of any kind whose bytes are kept, and notes what of it PostgreSQL's {@code jsonb} cannot hold. */
final class StorableValue {
    static final int MAX_NESTING = 500;
    static final String ZERO_CHARACTER = "holds the character U+0000";
    static final String LONE_SURROGATE = "holds half of a surrogate pair";

    private final JsonTokens tokens;
    private final BodyFlaws flaws;

    StorableValue(JsonTokens tokens, BodyFlaws flaws) {
        this.tokens = tokens;
        this.flaws = flaws;
    }

    /** Reads the value that begins with the current token. */
    Utf8Text read(JsonToken first) {
        int start = tokens.start();
        int depth = check(first, 0);
        while (depth > 0) {
            depth = check(tokens.next(), depth);
        }
        return tokens.since(start);
    }

    /** @return how many objects and arrays are open after the token */
    private int check(JsonToken token, int depth) {
        switch (token) {
            case START_OBJECT, START_ARRAY -> {
                return open(depth);
            }
            case END_OBJECT, END_ARRAY -> {
                return depth - 1;
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> note(tokens.numberFlaw(), "is a number that ");
            case VALUE_STRING -> note(textFlaw(), "is a string that ");
            case FIELD_NAME -> checkName();
            default -> {
                // true, false and null
            }
        }
        return depth;
    }

    private int open(int depth) {
        if (depth == MAX_NESTING) {
            flaws.unstorable(tokens.pointer(), "is nested deeper than " + MAX_NESTING + " levels.");
            throw flaws.refusal();
        }
        return depth + 1;
    }

    private void note(@Nullable String flaw, String what) {
        if (flaw != null) {
            flaws.unstorable(tokens.pointer(), what + flaw + ".");
        }
    }

    private void checkName() {
        String flaw = textFlaw();
        if (flaw != null) {
            flaws.unstorable(tokens.parentPointer(), "has a member whose name " + flaw + ".");
        }
    }

    private @Nullable String textFlaw() {
        return tokens.escapes() ? flaw(tokens.text()) : null;
    }

    /** Says what a database cannot hold of a text, or null. */
    static @Nullable String flaw(String text) {
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (each == 0) {
                return ZERO_CHARACTER;
            }
            if (Character.isSurrogate(each)) {
                boolean pair = i + 1 < text.length() && Character.isSurrogatePair(each, text.charAt(i + 1));
                if (!pair) {
                    return LONE_SURROGATE;
                }
                i++;
            }
        }
        return null;
    }
}
