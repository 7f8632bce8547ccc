package dev.workflow.rest.json;

import com.fasterxml.jackson.core.JsonToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Values of members being read; what one of them answers with is of no use when it noted a flaw. */
final class PlainValues {
    private static final int MAX_UUIDS = 1000;
    private static final int MAX_DIGITS = 9;

    private final JsonTokens tokens;
    private final BodyFlaws flaws;

    PlainValues(JsonTokens tokens, BodyFlaws flaws) {
        this.tokens = tokens;
        this.flaws = flaws;
    }

    int wholeNumber(JsonToken first, int least, int most) {
        if (first == JsonToken.VALUE_NUMBER_INT) {
            String text = tokens.text();
            if (text.length() <= MAX_DIGITS && Integer.parseInt(text) >= least && Integer.parseInt(text) <= most) {
                return Integer.parseInt(text);
            }
        }
        flaws.invalid(tokens.pointer(), "is not a whole number from " + least + " to " + most + ".");
        tokens.skip(first, flaws);
        return least;
    }

    /** A text that a database can hold, of which the first {@code most} code points count. */
    String text(JsonToken first, int most) {
        if (first != JsonToken.VALUE_STRING) {
            flaws.invalid(tokens.pointer(), "is not a string.");
            tokens.skip(first, flaws);
            return "";
        }
        String text = tokens.text();
        String flaw = StorableValue.flaw(text);
        if (flaw != null) {
            flaws.unstorable(tokens.pointer(), "is a string that " + flaw + ".");
            return "";
        }
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most));
    }

    void onlyTrue(JsonToken first) {
        if (first != JsonToken.VALUE_TRUE) {
            flaws.invalid(tokens.pointer(), "is not true.");
            tokens.skip(first, flaws);
        }
    }

    List<UUID> uuids(JsonToken first) {
        List<UUID> ids = new ArrayList<>();
        if (first != JsonToken.START_ARRAY) {
            flaws.invalid(tokens.pointer(), "is not an array of UUIDs.");
            tokens.skip(first, flaws);
            return ids;
        }
        String pointer = tokens.pointer();
        int count = 0;
        for (JsonToken token = tokens.next(); token != JsonToken.END_ARRAY; token = tokens.next()) {
            addUuid(token, ids);
            count++;
        }
        if (count < 1 || count > MAX_UUIDS) {
            flaws.invalid(pointer, "has " + count + " elements, not 1 to " + MAX_UUIDS + ".");
        }
        return ids;
    }

    private void addUuid(JsonToken token, List<UUID> ids) {
        Optional<UUID> id = token == JsonToken.VALUE_STRING ? UuidText.parse(tokens.text()) : Optional.empty();
        if (id.isPresent()) {
            ids.add(id.get());
        } else {
            flaws.invalid(tokens.pointer(), "is not a UUID such as " + UuidText.EXAMPLE + ".");
            tokens.skip(token, flaws);
        }
    }
}
