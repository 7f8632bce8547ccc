package dev.workflow.rest.json;

import com.fasterxml.jackson.core.JsonToken;
import dev.workflow.domain.Status;
import org.jspecify.annotations.Nullable;

/** A wish for a status being read. */
final class StatusBody {
    static final String TAKES = "{\"status\": \"consumed\"} or {\"status\": \"inserted\"}";

    private final JsonTokens tokens;
    private final BodyFlaws flaws;
    private final Members members;
    private @Nullable Status status;

    private StatusBody(JsonTokens tokens, BodyFlaws flaws) {
        this.tokens = tokens;
        this.flaws = flaws;
        this.members = new Members(tokens, flaws);
    }

    static Status read(JsonTokens tokens, BodyFlaws flaws) {
        return new StatusBody(tokens, flaws).read(tokens.first());
    }

    /** What it answers with is of no use when a flaw was noted. */
    private Status read(JsonToken first) {
        if (first != JsonToken.START_OBJECT) {
            flaws.invalid(tokens.pointer(), "is not an object.");
            tokens.skip(first, flaws);
            return Status.INSERTED;
        }
        while (tokens.next() == JsonToken.FIELD_NAME) {
            readMember(tokens.text());
        }
        if (!members.has("status")) {
            flaws.invalid("#/status", "is missing.");
        }
        return status == null ? Status.INSERTED : status;
    }

    private void readMember(String name) {
        members.enter(name);
        switch (name) {
            case "status" -> readStatus(tokens.next());
            case "data", "steps" -> {
                flaws.invalid(tokens.pointer(), "cannot be changed.");
                tokens.skip(tokens.next(), flaws);
            }
            default -> members.passOver(name, "status");
        }
    }

    private void readStatus(JsonToken first) {
        status = first == JsonToken.VALUE_STRING ? statusOf(tokens.text()) : null;
        if (status == null) {
            flaws.invalid(tokens.pointer(), "is neither \"inserted\" nor \"consumed\".");
        }
        tokens.skip(first, flaws);
    }

    private static @Nullable Status statusOf(String text) {
        for (Status each : Status.values()) {
            if (WorkflowJson.text(each).equals(text)) {
                return each;
            }
        }
        return null;
    }
}
