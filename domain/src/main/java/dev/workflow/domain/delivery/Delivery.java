package dev.workflow.domain.delivery;

import dev.workflow.domain.State;
import dev.workflow.domain.Workflow;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Workflows that were handed over together.
 *
 * @param form {@link Form#text} of the form in which they were written out
 * @param workflows as they were when the claim committed, in order; never empty
 * @param state as it is now
 */
public record Delivery(UUID id, String form, List<Workflow> workflows, DeliveryState state) {
    public Delivery {
        workflows = List.copyOf(workflows);
    }

    /** The end of the lease as it was promised at first; null when there was none. */
    public @Nullable Instant leaseExpiresAt() {
        return workflows.getFirst().state() instanceof State.Leased leased ? leased.expiresAt() : null;
    }
}
