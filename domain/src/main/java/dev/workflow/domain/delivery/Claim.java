package dev.workflow.domain.delivery;

import dev.workflow.domain.QueueEntry;
import java.util.List;
import java.util.UUID;

/**
 * A wish to hand over workflows whose messages were taken from the queue.
 *
 * @param deliveryId a fresh id; no other delivery ever has it
 * @param entries in the order of the queue, each workflow once: of several messages the newest
 */
public record Claim(UUID deliveryId, List<QueueEntry> entries, DeliveryTerms terms) {
    public Claim {
        entries = List.copyOf(entries);
    }
}
