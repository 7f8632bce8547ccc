package dev.workflow.rest.json;

import java.util.HashSet;
import java.util.Set;

/** The members of a workflow in a body, one after the other; those that clients cannot set are passed over. */
final class Members {
    private static final Set<String> READ_ONLY = Set.of(
            "UUID",
            "status",
            "state",
            "created_at",
            "consumed_at",
            "lease_expires_at",
            "available_at",
            "dead_at",
            "attempts",
            "last_error",
            "delivery_id");

    private final JsonTokens tokens;
    private final BodyFlaws flaws;
    private final Set<String> seen = new HashSet<>();

    Members(JsonTokens tokens, BodyFlaws flaws) {
        this.tokens = tokens;
        this.flaws = flaws;
    }

    /** Notes a member that was given before. */
    void enter(String name) {
        if (!seen.add(name)) {
            flaws.invalidMember(tokens, "is given twice; once is right.");
        }
    }

    boolean has(String name) {
        return seen.contains(name);
    }

    /**
     * Passes over a member whose value does not matter, and notes one that no workflow has.
     *
     * @param settable the members that a client can set here
     */
    void passOver(String name, String settable) {
        if (!READ_ONLY.contains(name)) {
            flaws.invalidMember(tokens, "is not a member of a workflow; only " + settable + " can be set.");
        }
        tokens.skip(tokens.next(), flaws);
    }
}
