package dev.workflow.rest.json;

import com.fasterxml.jackson.core.JsonToken;
import dev.workflow.domain.Content;
import dev.workflow.domain.Status;
import dev.workflow.domain.Utf8Text;
import java.util.List;

/** Reads request bodies. Each method throws a {@link dev.workflow.rest.problem.Refusal} that tells all that is wrong. */
public final class BodyReader {
    private BodyReader() {}

    /** What {@code POST /workflow} takes: one workflow or an array of them. */
    public static Submitted submission(byte[] body) {
        BodyFlaws flaws = new BodyFlaws();
        try (JsonTokens tokens = new JsonTokens(body)) {
            Submitted submitted = SubmissionBody.read(tokens, flaws);
            tokens.end();
            flaws.refuse();
            return submitted;
        }
    }

    /**
     * Workflows of one request.
     *
     * @param asArray whether they came in an array, even of one
     */
    public record Submitted(List<Content> contents, boolean asArray) {
        public Submitted {
            contents = List.copyOf(contents);
        }
    }

    /** What {@code PATCH /workflow/{UUID}} takes. */
    public static Status statusChange(byte[] body) {
        BodyFlaws flaws = new BodyFlaws();
        try (JsonTokens tokens = new JsonTokens(body)) {
            Status status = new StatusBody(tokens, flaws).read(tokens.first());
            tokens.end();
            flaws.refuse();
            return status;
        }
    }

    /** Any JSON value that could be the {@code data} of a workflow, or null. */
    public static Utf8Text value(byte[] body) {
        BodyFlaws flaws = new BodyFlaws();
        try (JsonTokens tokens = new JsonTokens(body)) {
            JsonToken first = tokens.first();
            Utf8Text value = new StorableValue(tokens, flaws).read(first);
            tokens.end();
            flaws.refuse();
            return value;
        }
    }
}
