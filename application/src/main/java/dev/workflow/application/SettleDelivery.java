package dev.workflow.application;

import dev.workflow.domain.SettleOutcome;
import dev.workflow.domain.Settlement;
import dev.workflow.domain.Verdict;
import dev.workflow.domain.port.DeliveryRepository;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes what a consumer says of the workflows that it has on a lease. */
public final class SettleDelivery {
    private final DeliveryRepository deliveries;
    private final RelayOutbox relay;
    private final Throughput throughput;

    public SettleDelivery(DeliveryRepository deliveries, RelayOutbox relay, Throughput throughput) {
        this.deliveries = deliveries;
        this.relay = relay;
        this.throughput = throughput;
    }

    public SettleOutcome settle(UUID deliveryId, Verdict verdict) {
        SettleOutcome outcome = deliveries.settle(deliveryId, verdict);
        switch (verdict) {
            case Verdict.Refuse refuse -> relay.wake();
            case Verdict.Acknowledge() -> count(outcome);
        }
        return outcome;
    }

    private void count(SettleOutcome outcome) {
        if (outcome instanceof SettleOutcome.Settled(Settlement settlement)) {
            throughput.consumed().add(settlement.workflowIds().size());
        }
    }

    /**
     * Moves the end of a lease.
     *
     * @param lease from now on; null: as long as at first
     */
    public SettleOutcome extend(UUID deliveryId, @Nullable Duration lease) {
        return deliveries.extend(deliveryId, lease);
    }
}
