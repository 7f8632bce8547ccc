package dev.workflow.rest.json;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Which dead workflows are to live again, being read. */
final class RedriveBody {
    static final String TAKES = "{\"all\": true} or {\"UUIDs\": [1 to 1000 of them]}";

    private Optional<List<UUID>> workflowIds = Optional.empty();

    /** Empty: all there are. */
    static Optional<List<UUID>> read(JsonTokens tokens, BodyFlaws flaws) {
        PlainValues values = new PlainValues(tokens, flaws);
        RedriveBody body = new RedriveBody();
        ObjectBody object = new ObjectBody(
                tokens,
                flaws,
                Map.of("all", values::onlyTrue, "UUIDs", first -> body.workflowIds = Optional.of(values.uuids(first))));
        object.read();
        if (object.has("all") == object.has("UUIDs")) {
            flaws.invalid(
                    JsonPointers.WHOLE, object.has("all") ? "has both all and UUIDs." : "has neither all nor UUIDs.");
        }
        return body.workflowIds;
    }
}
