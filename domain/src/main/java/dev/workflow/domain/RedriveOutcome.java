package dev.workflow.domain;

import java.util.List;
import java.util.UUID;

/**
 * What a redrive did.
 *
 * @param redriven how many are back in the queue
 * @param skipped those that were named and are not dead
 * @param more whether dead ones are left of those that were meant
 */
public record RedriveOutcome(int redriven, List<UUID> skipped, boolean more) {
    public RedriveOutcome {
        skipped = List.copyOf(skipped);
    }
}
