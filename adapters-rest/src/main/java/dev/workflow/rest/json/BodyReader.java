package dev.workflow.rest.json;

import dev.workflow.domain.Content;
import dev.workflow.domain.Status;
import dev.workflow.domain.Utf8Text;
import dev.workflow.domain.delivery.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Reads request bodies. Each method throws a {@link dev.workflow.rest.problem.Refusal} that tells all that is wrong. */
public final class BodyReader {
    /** Seconds that a lease lasts at most, and a delay. */
    public static final int LONGEST_LEASE = 43_200;
    /** Code points that the name of a step has at most. */
    public static final int LONGEST_STEP = 200;

    private BodyReader() {}

    /** What {@code POST /workflow} takes: one workflow or an array of them. */
    public static Submitted submission(byte[] body) {
        return read(body, SubmissionBody.TAKES, SubmissionBody::read);
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
        return read(body, StatusBody.TAKES, StatusBody::read);
    }

    /** Whatever comes with an acknowledgement, which needs nothing. */
    public static void acknowledgement(byte[] body) {
        if (body.length > 0) {
            read(body, "{} or nothing", (tokens, flaws) -> {
                new ObjectBody(tokens, flaws, Map.of()).read();
                return flaws;
            });
        }
    }

    /** Why, and for how long, workflows go back; all of the delivery, at once, when nothing is said. */
    public static Refused refusal(byte[] body) {
        return body.length > 0
                ? read(body, RefusalBody.TAKES, RefusalBody::read)
                : new Refused(List.of(), new Verdict.Refuse(Set.of(), Duration.ZERO, null));
    }

    /**
     * A refusal of workflows.
     *
     * @param workflowIds those that are named, in the order of the body
     */
    public record Refused(List<UUID> workflowIds, Verdict.Refuse verdict) {
        public Refused {
            workflowIds = List.copyOf(workflowIds);
        }
    }

    /** How much longer a lease shall last; null when nothing is said. */
    public static @Nullable Duration extension(byte[] body) {
        return body.length > 0
                ? read(body, ExtensionBody.TAKES, ExtensionBody::read).orElse(null)
                : null;
    }

    /** Which dead workflows are to live again; null: all of them. */
    public static @Nullable List<UUID> redrive(byte[] body) {
        return read(body, RedriveBody.TAKES, RedriveBody::read).orElse(null);
    }

    /** Any JSON value that could be the {@code data} of a workflow, or null. */
    public static Utf8Text value(byte[] body) {
        return read(body, "any JSON value", (tokens, flaws) -> new StorableValue(tokens, flaws).read(tokens.first()));
    }

    /** @param takes what would be right, as the end of a sentence about the body */
    private static <T> T read(byte[] body, String takes, BiFunction<JsonTokens, BodyFlaws, T> reader) {
        BodyFlaws flaws = new BodyFlaws(takes);
        try (JsonTokens tokens = new JsonTokens(body, takes)) {
            T value = reader.apply(tokens, flaws);
            tokens.end();
            flaws.refuse();
            return value;
        }
    }
}
