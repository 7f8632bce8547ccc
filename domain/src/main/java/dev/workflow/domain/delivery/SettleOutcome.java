package dev.workflow.domain.delivery;

import dev.workflow.domain.Fault;
import java.util.List;
import java.util.UUID;

/**
 * What became of what a consumer said of its delivery. In all but a new {@link Settled} nothing was changed, as
 * far as the fault of a {@link Failed} tells.
 */
public sealed interface SettleOutcome {
    /**
     * It holds.
     *
     * @param before whether it held already, since the same was said before
     */
    record Settled(Settlement settlement, boolean before) implements SettleOutcome {}

    record UnknownDelivery() implements SettleOutcome {}

    /** The workflows were consumed at once: there is nothing to say. */
    record NotLeased() implements SettleOutcome {}

    /** The lease ended before anything was said, so the workflows went back. */
    record LeaseExpired() implements SettleOutcome {}

    /**
     * Something else was said before, or none of the workflows belongs to the delivery any more.
     *
     * @param state how the delivery stands; expired when status changes took all its workflows out
     */
    record AlreadySettled(DeliveryState state) implements SettleOutcome {}

    /** These were named and never belonged to the delivery. */
    record NotInDelivery(List<UUID> workflowIds) implements SettleOutcome {
        public NotInDelivery {
            workflowIds = List.copyOf(workflowIds);
        }
    }

    /** What else was said in the same batch may hold all the same. */
    record Failed(Fault fault) implements SettleOutcome {}
}
