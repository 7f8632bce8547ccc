package dev.workflow.domain.delivery;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a delivery stands after its consumer said something.
 *
 * @param workflowIds the workflows that were touched, in the order of the delivery
 * @param nacked those of them that went back while the others were done; null when all had the same fate
 */
public record Settlement(
        UUID id,
        DeliveryState state,
        List<UUID> workflowIds,
        @Nullable List<UUID> nacked,
        Times times) {
    /**
     * By the database's clock.
     *
     * @param leaseExpiresAt null once settled
     * @param settledAt null while leased
     */
    public record Times(
            Instant deliveredAt,
            @Nullable Instant leaseExpiresAt,
            @Nullable Instant settledAt) {}

    public Settlement {
        workflowIds = List.copyOf(workflowIds);
        nacked = nacked == null ? null : List.copyOf(nacked);
    }

    /** How many workflows it consumed. */
    public int consumed() {
        return switch (state) {
            case ACKED -> workflowIds.size();
            case NACKED -> nacked == null ? 0 : workflowIds.size() - nacked.size();
            case LEASED, EXPIRED, FINAL -> 0;
        };
    }
}
