package dev.workflow.rest.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.workflow.domain.Utf8Text;
import dev.workflow.rest.problem.Problem;
import dev.workflow.rest.problem.Problem.Place;
import dev.workflow.rest.problem.ProblemType;
import dev.workflow.rest.problem.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tokens of a body, strictly by RFC 8259, each with the bytes that spell it. */
final class JsonTokens implements AutoCloseable {
    /** Limits of size are the contract's, not the library's; nesting is counted by whoever reads. */
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

    /** What is passed over may be anything, but each open level takes room. */
    private static final int MAX_NESTING = 10_000;

    private final byte[] body;
    private final String takes;
    private final boolean escapes;
    private final JsonParser parser;
    private @Nullable JsonToken current;

    /** @param takes what would be right instead of nothing, as the end of a sentence about the body */
    JsonTokens(byte[] body, String takes) {
        Utf8Check utf8 = new Utf8Check(body);
        int invalid = utf8.firstInvalid();
        if (invalid >= 0) {
            throw malformed("is not UTF-8 at byte " + invalid + ".");
        }
        this.body = body;
        this.takes = takes;
        this.escapes = utf8.escapes();
        this.parser = parserOf(body);
    }

    private static JsonParser parserOf(byte[] body) {
        try {
            return FACTORY.createParser(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first token. */
    JsonToken first() {
        JsonToken first = advance();
        if (first == null) {
            throw malformed("is empty; it takes " + takes + ".");
        }
        return first;
    }

    /** The next token inside the value that {@link #first} began. */
    JsonToken next() {
        JsonToken next = advance();
        if (next == null) {
            throw endsTooEarly();
        }
        return next;
    }

    /** Passes over the value that begins with {@code first}, the current token. */
    void skip(JsonToken first, BodyFlaws flaws) {
        int depth = step(first);
        while (depth > 0) {
            if (depth > MAX_NESTING) {
                flaws.invalid(pointer(), "is nested deeper than " + MAX_NESTING + " levels.");
                throw flaws.refusal();
            }
            depth += step(next());
        }
    }

    private static int step(JsonToken token) {
        if (token.isStructStart()) {
            return 1;
        }
        return token.isStructEnd() ? -1 : 0;
    }

    /** Makes sure that nothing comes after the value. */
    void end() {
        if (advance() != null) {
            throw malformed("goes on at byte " + start() + ", after its end; it takes one JSON value.");
        }
    }

    private @Nullable JsonToken advance() {
        try {
            current = parser.nextToken();
            return current;
        } catch (JsonProcessingException e) {
            throw malformed(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Refusal malformed(JsonProcessingException e) {
        if (e instanceof JsonEOFException) {
            return endsTooEarly();
        }
        if (beginsWithByteOrderMark()) {
            return malformed("begins with a byte order mark, which JSON must not.");
        }
        return malformed("is not valid JSON at or shortly before byte "
                + Math.min(e.getLocation().getByteOffset(), body.length) + ".");
    }

    private boolean beginsWithByteOrderMark() {
        return body.length > 2 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB && body[2] == (byte) 0xBF;
    }

    private static Refusal endsTooEarly() {
        return malformed("ends too early: its JSON is not complete.");
    }

    private static Refusal malformed(String what) {
        return new Refusal(Problem.of(
                ProblemType.MALFORMED_JSON, "The body " + what, List.of(new Place(JsonPointers.WHOLE, what))));
    }

    /** The current string or name. */
    String text() {
        try {
            return parser.getText();
        } catch (JsonProcessingException e) {
            throw malformed(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says what is wrong with the current number, or null. */
    @Nullable String numberFlaw() {
        try {
            return NumericRange.flaw(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether strings may hold characters that only an escape can spell. */
    boolean escapes() {
        return escapes;
    }

    /** The offset of the current token's first byte. */
    int start() {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    /** The bytes from {@code start} to the end of the current token. */
    Utf8Text since(int start) {
        try {
            parser.finishToken();
        } catch (JsonProcessingException e) {
            throw malformed(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int end = (int) parser.currentLocation().getByteOffset();
        return Utf8Text.ofBytes(Arrays.copyOfRange(body, start, end));
    }

    /** Points at the current value, or at the member whose name is the current token. */
    String pointer() {
        JsonStreamContext context = parser.getParsingContext();
        boolean opened = current == JsonToken.START_OBJECT || current == JsonToken.START_ARRAY;
        return JsonPointers.of(opened ? context.getParent() : context);
    }

    /** Points at the object or array that holds the current token. */
    String parentPointer() {
        return JsonPointers.of(parser.getParsingContext().getParent());
    }

    @Override
    public void close() {
        try {
            parser.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
