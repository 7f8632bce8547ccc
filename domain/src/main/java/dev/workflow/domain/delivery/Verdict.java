package dev.workflow.domain.delivery;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a consumer says of workflows that it has on a lease. */
public sealed interface Verdict {
    /** All are done. */
    record Acknowledge() implements Verdict {}

    /**
     * These could not be done and go back; the others of the delivery are done.
     *
     * @param workflowIds empty: all of the delivery
     * @param delay how long they stay out of the queue; zero: not at all
     * @param error why; null: not said
     */
    record Refuse(
            Set<UUID> workflowIds, Duration delay, @Nullable String error) implements Verdict {
        public Refuse {
            workflowIds = Set.copyOf(workflowIds);
        }
    }

    /** The state of a delivery of which this was said. */
    default DeliveryState state() {
        return this instanceof Acknowledge ? DeliveryState.ACKED : DeliveryState.NACKED;
    }
}
