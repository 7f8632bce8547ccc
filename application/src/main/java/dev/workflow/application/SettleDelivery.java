package dev.workflow.application;

import dev.workflow.domain.Fault;
import dev.workflow.domain.delivery.SettleOutcome;
import dev.workflow.domain.delivery.SettleRequest;
import dev.workflow.domain.delivery.Settlement;
import dev.workflow.domain.delivery.Verdict;
import dev.workflow.domain.port.DeliveryRepository;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Takes what consumers say of the workflows that they have on a lease. What is said at the same time is one transaction. */
public final class SettleDelivery implements AutoCloseable {
    private static final Gathering.Limits LIMITS = new Gathering.Limits(64, 64, Long.MAX_VALUE);

    private static final long OVERHEAD_BYTES = 256;
    private static final long UUID_BYTES = 32;

    private final DeliveryRepository deliveries;
    private final RelayOutbox relay;
    private final Throughput throughput;
    private final Gathering<Waiting> gathering;

    public SettleDelivery(DeliveryRepository deliveries, RelayOutbox relay, Instruments instruments) {
        this.deliveries = deliveries;
        this.relay = relay;
        this.throughput = instruments.throughput();
        this.gathering = new Gathering<>("settle", LIMITS, instruments.schedule(), this::settle);
    }

    /** Completes once it is committed, or refused. The stage fails with a {@link Fault} only. */
    public CompletionStage<SettleOutcome> settle(UUID deliveryId, Verdict verdict) {
        Waiting waiting = new Waiting(new SettleRequest(deliveryId, verdict), new CompletableFuture<>());
        gathering.join(waiting);
        return waiting.answer();
    }

    private void settle(List<Waiting> batch) {
        List<SettleOutcome> outcomes =
                deliveries.settle(batch.stream().map(Waiting::request).toList());
        if (batch.stream().anyMatch(waiting -> waiting.request().verdict() instanceof Verdict.Refuse)) {
            relay.wake();
        }
        for (int i = 0; i < batch.size(); i++) {
            count(outcomes.get(i));
            batch.get(i).answer().complete(outcomes.get(i));
        }
    }

    /** Once, however often it is said. */
    private void count(SettleOutcome outcome) {
        if (outcome instanceof SettleOutcome.Settled(Settlement settlement, boolean before) && !before) {
            throughput.consumed().add(settlement.consumed());
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

    /** Settles what waits and refuses what comes. */
    @Override
    public void close() {
        gathering.close();
    }

    private record Waiting(SettleRequest request, CompletableFuture<SettleOutcome> answer) implements Gathering.Member {
        @Override
        public int rows() {
            return 1;
        }

        @Override
        public long bytes() {
            return OVERHEAD_BYTES
                    + switch (request.verdict()) {
                        case Verdict.Acknowledge() -> 0L;
                        case Verdict.Refuse(Set<UUID> workflowIds, Duration delay, String error) ->
                            UUID_BYTES * workflowIds.size() + (error == null ? 0 : 2L * error.length());
                    };
        }

        @Override
        public void fail(RuntimeException why) {
            answer.completeExceptionally(why);
        }
    }
}
