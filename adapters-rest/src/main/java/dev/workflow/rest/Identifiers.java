package dev.workflow.rest;

import dev.workflow.rest.json.UuidText;
import dev.workflow.rest.problem.ProblemType;
import dev.workflow.rest.problem.Refusal;
import dev.workflow.rest.problem.Wording;
import java.util.UUID;

/** What paths name things by, and what is said where nothing has the name. */
public final class Identifiers {
    private Identifiers() {}

    /**
     * The workflow or delivery that a path names.
     *
     * @param segment percent-decoded already
     */
    public static UUID ofPath(String segment) {
        return UuidText.parse(segment)
                .orElseThrow(() -> new Refusal(
                        ProblemType.INVALID_UUID,
                        "The path holds " + Wording.excerpt(segment) + " where a UUID such as " + UuidText.EXAMPLE
                                + " must be."));
    }

    /** For a path that names no workflow. */
    public static Refusal unknownWorkflow() {
        return new Refusal(
                ProblemType.UNKNOWN_WORKFLOW,
                "There is no workflow with this UUID: it was never stored, or was removed when its time was over.");
    }
}
