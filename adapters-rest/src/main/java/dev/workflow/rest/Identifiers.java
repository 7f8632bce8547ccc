package dev.workflow.rest;

import dev.workflow.rest.json.UuidText;
import dev.workflow.rest.problem.ProblemType;
import dev.workflow.rest.problem.Refusal;
import dev.workflow.rest.problem.Wording;
import java.util.UUID;

/** What paths name things by. */
final class Identifiers {
    private Identifiers() {}

    /**
     * The workflow or delivery that a path names.
     *
     * @param segment percent-decoded already
     */
    static UUID ofPath(String segment) {
        return UuidText.parse(segment)
                .orElseThrow(() -> new Refusal(
                        ProblemType.INVALID_UUID,
                        "The path holds " + Wording.excerpt(segment) + " where a UUID such as " + UuidText.EXAMPLE
                                + " must be."));
    }
}
