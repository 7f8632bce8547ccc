package dev.workflow.postgres;

import dev.workflow.domain.Workflow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What a statement handed over.
 *
 * @param byDelivery by the id of the delivery
 */
record Handed(Map<UUID, Portion> byDelivery, String transactionId) {
    static final Handed NOTHING = new Handed(Map.of(), "");

    /**
     * What one claim got.
     *
     * @param leftOver what it could have had beyond
     */
    record Portion(List<Workflow> workflows, List<UUID> leftOver) {
        Portion() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    Handed(String transactionId) {
        this(new HashMap<>(), transactionId);
    }

    Portion of(UUID deliveryId) {
        return byDelivery.getOrDefault(deliveryId, new Portion());
    }

    /** To be added to. */
    Portion make(UUID deliveryId) {
        return byDelivery.computeIfAbsent(deliveryId, id -> new Portion());
    }

    boolean isEmpty() {
        return byDelivery.values().stream().allMatch(each -> each.workflows().isEmpty());
    }
}
