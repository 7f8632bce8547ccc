package dev.workflow.rest.json;

import dev.workflow.domain.delivery.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Why, and for how long, workflows go back, being read. */
final class RefusalBody {
    static final String TAKES =
            "{\"delay\": seconds, \"error\": text, \"UUIDs\": [1 to 1000 of them]}, each optional, or nothing";

    private static final int MAX_ERROR_LENGTH = 2000;

    private Duration delay = Duration.ZERO;
    private @Nullable String error;
    private List<UUID> workflowIds = List.of();

    static BodyReader.Refused read(JsonTokens tokens, BodyFlaws flaws) {
        PlainValues values = new PlainValues(tokens, flaws);
        RefusalBody body = new RefusalBody();
        new ObjectBody(
                        tokens,
                        flaws,
                        Map.of(
                                "delay",
                                first -> body.delay =
                                        Duration.ofSeconds(values.wholeNumber(first, 0, BodyReader.LONGEST_LEASE)),
                                "error",
                                first -> body.error = values.text(first, MAX_ERROR_LENGTH),
                                "UUIDs",
                                first -> body.workflowIds = values.uuids(first)))
                .read();
        return body.refused();
    }

    private BodyReader.Refused refused() {
        return new BodyReader.Refused(workflowIds, new Verdict.Refuse(Set.copyOf(workflowIds), delay, error));
    }
}
