package dev.workflow.csv;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The tokens of one JSON text, with the texts of its values as they were sent. */
final class JsonTokens implements AutoCloseable {
    /**
     * Limits are set where a document comes in, not here. The bytes are UTF-8, whatever they look like. Names are not interned:
     * a table that lives as long as the process would be filled by strangers.
     */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .build();

    private final byte[] json;
    private final JsonParser parser;

    JsonTokens(byte[] json) {
        this.json = json;
        try {
            this.parser = FACTORY.createParser(json);
        } catch (IOException e) {
            throw notJson(e);
        }
    }

    /** Null at the end of the text. */
    @Nullable JsonToken next() {
        try {
            return parser.nextToken();
        } catch (IOException e) {
            throw notJson(e);
        }
    }

    @Nullable JsonToken current() {
        return parser.currentToken();
    }

    /** The name that is the current token. */
    String name() {
        try {
            return parser.currentName();
        } catch (IOException e) {
            throw notJson(e);
        }
    }

    /** The characters of the string that is the current token. */
    String text() {
        try {
            return parser.getText();
        } catch (IOException e) {
            throw notJson(e);
        }
    }

    /** Moves to the last token of the current value. */
    void skip() {
        try {
            parser.skipChildren();
        } catch (IOException e) {
            throw notJson(e);
        }
    }

    /** The text itself. */
    byte[] bytes() {
        return json;
    }

    /** How many bytes the current token has, if it is a number, a boolean or a null. */
    int length() {
        try {
            return parser.getTextLength();
        } catch (IOException e) {
            throw notJson(e);
        }
    }

    /** Where the current token starts, in bytes. */
    int start() {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    /** Moves to the last token of the current value and answers where it ends, in bytes. */
    int end() {
        try {
            parser.skipChildren();
            parser.finishToken();
            return (int) parser.currentLocation().getByteOffset();
        } catch (IOException e) {
            throw notJson(e);
        }
    }

    @Override
    public void close() {
        try {
            parser.close();
        } catch (IOException e) {
            throw notJson(e);
        }
    }

    /** Moves to the first token, which there must be. */
    JsonToken first() {
        JsonToken first = next();
        if (first == null) {
            throw new IllegalArgumentException("Not a JSON text: there is nothing in it");
        }
        return first;
    }

    /** Nothing is read but an array, so it is the text that is at fault. */
    private static IllegalArgumentException notJson(IOException e) {
        return new IllegalArgumentException("Not a JSON text: " + e.getMessage(), e);
    }
}
