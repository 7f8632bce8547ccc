package dev.workflow.domain;

import java.util.List;
import java.util.UUID;

/**
 * A wish to hand over workflows whose messages were taken from the queue.
 *
 * @param deliveryId a fresh id; no other delivery ever has it
 * @param workflowIds in the order of the queue
 */
public record Claim(UUID deliveryId, List<UUID> workflowIds, DeliveryTerms terms) {
    public Claim {
        workflowIds = List.copyOf(workflowIds);
    }
}
