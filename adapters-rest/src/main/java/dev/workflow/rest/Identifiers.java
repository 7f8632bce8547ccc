package dev.workflow.rest;

import dev.workflow.rest.json.UuidText;
import dev.workflow.rest.problem.ProblemType;
import dev.workflow.rest.problem.Refusal;
import java.util.UUID;

/** What paths name things by. */
final class Identifiers {
    private Identifiers() {}

    /** The workflow or delivery that a path names. */
    static UUID ofPath(String segment) {
        return PercentEncoding.decode(segment)
                .flatMap(UuidText::parse)
                .orElseThrow(() ->
                        new Refusal(ProblemType.INVALID_UUID, "The path holds something else where a UUID must be."));
    }
}
