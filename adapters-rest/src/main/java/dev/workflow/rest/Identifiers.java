package dev.workflow.rest;

import dev.workflow.rest.problem.ProblemType;
import dev.workflow.rest.problem.Refusal;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** UUIDs as clients spell them; {@link UUID#fromString} takes more than that. */
final class Identifiers {
    private static final Pattern SPELLING =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private Identifiers() {}

    static Optional<UUID> parse(String text) {
        return SPELLING.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }

    /** The workflow that a path names. */
    static UUID ofPath(String segment) {
        return PercentEncoding.decode(segment)
                .flatMap(Identifiers::parse)
                .orElseThrow(() ->
                        new Refusal(ProblemType.INVALID_UUID, "What the path names a workflow by is not a UUID."));
    }
}
