package dev.workflow.rest.json;

import com.fasterxml.jackson.core.JsonToken;
import dev.workflow.domain.Content;
import dev.workflow.domain.Utf8Text;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One workflow of a body being read. */
final class SubmissionBody {
    static final String TAKES =
            "{\"data\": any JSON value but null, \"steps\": [texts]}, steps optional, or an array of 1 to 1000 of these";

    private static final int MAX_WORKFLOWS = 1000;
    private static final Utf8Text NOTHING = Utf8Text.of("null");

    private final JsonTokens tokens;
    private final BodyFlaws flaws;
    private final Members members;
    private @Nullable Utf8Text data;
    private List<String> steps = List.of();

    private SubmissionBody(JsonTokens tokens, BodyFlaws flaws) {
        this.tokens = tokens;
        this.flaws = flaws;
        this.members = new Members(tokens, flaws);
    }

    static BodyReader.Submitted read(JsonTokens tokens, BodyFlaws flaws) {
        JsonToken first = tokens.first();
        if (first == JsonToken.START_ARRAY) {
            return new BodyReader.Submitted(readArray(tokens, flaws), true);
        }
        return new BodyReader.Submitted(List.of(new SubmissionBody(tokens, flaws).readWorkflow(first)), false);
    }

    private static List<Content> readArray(JsonTokens tokens, BodyFlaws flaws) {
        List<Content> contents = new ArrayList<>();
        for (JsonToken token = tokens.next(); token != JsonToken.END_ARRAY; token = tokens.next()) {
            if (contents.size() == MAX_WORKFLOWS) {
                flaws.invalid(JsonPointers.WHOLE, "has more than " + MAX_WORKFLOWS + " workflows.");
                throw flaws.refusal();
            }
            contents.add(new SubmissionBody(tokens, flaws).readWorkflow(token));
        }
        if (contents.isEmpty()) {
            flaws.invalid(JsonPointers.WHOLE, "has no workflow.");
        }
        return contents;
    }

    /** What it answers with is of no use when a flaw was noted. */
    private Content readWorkflow(JsonToken first) {
        if (first != JsonToken.START_OBJECT) {
            flaws.invalid(tokens.pointer(), "is not a workflow.");
            tokens.skip(first, flaws);
            return new Content(NOTHING, steps);
        }
        while (tokens.next() == JsonToken.FIELD_NAME) {
            readMember(tokens.text());
        }
        if (!members.has("data")) {
            flaws.invalid(tokens.pointer() + "/data", "is missing.");
        }
        return new Content(data == null ? NOTHING : data, steps);
    }

    private void readMember(String name) {
        members.enter(name);
        switch (name) {
            case "data" -> readData();
            case "steps" -> readSteps();
            default -> members.passOver(name, "data and steps");
        }
    }

    private void readData() {
        JsonToken first = tokens.next();
        if (first == JsonToken.VALUE_NULL) {
            flaws.invalid(tokens.pointer(), "is null.");
        } else {
            data = new StorableValue(tokens, flaws).read(first);
        }
    }

    private void readSteps() {
        JsonToken first = tokens.next();
        if (first != JsonToken.START_ARRAY) {
            flaws.invalid(tokens.pointer(), "is not an array of strings.");
            tokens.skip(first, flaws);
            return;
        }
        steps = new ArrayList<>();
        for (JsonToken token = tokens.next(); token != JsonToken.END_ARRAY; token = tokens.next()) {
            if (token == JsonToken.VALUE_STRING) {
                readStep(tokens.text());
            } else {
                flaws.invalid(tokens.pointer(), "is not a string.");
                tokens.skip(token, flaws);
            }
        }
    }

    private void readStep(String step) {
        int length = step.codePointCount(0, step.length());
        if (length == 0 || length > BodyReader.LONGEST_STEP) {
            flaws.invalid(tokens.pointer(), "is not 1 to " + BodyReader.LONGEST_STEP + " characters long.");
        }
        String flaw = StorableValue.flaw(step);
        if (flaw != null) {
            flaws.unstorable(tokens.pointer(), "is a string that " + flaw + ".");
        }
        steps.add(step);
    }
}
