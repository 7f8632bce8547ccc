package dev.workflow.application;

import dev.workflow.domain.ClaimOutcome;
import dev.workflow.domain.Fault;
import dev.workflow.domain.Rendering;
import dev.workflow.domain.TimeOrderedIds;
import dev.workflow.domain.port.DeliveryRepository;
import dev.workflow.domain.port.WorkflowQueue.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;

/**
 * Hands the next workflow of the queue to whoever asks, once. Requests that wait together are served by one transaction:
 * messages are taken, their workflows claimed and written out, the claim committed, the requests answered, and only then the
 * messages acknowledged. So a crash at any point leaves a message, or a committed claim, or both; and a message whose
 * workflow was claimed is seen to be a duplicate when it comes again.
 */
public final class ConsumeWorkflows implements AutoCloseable {
    private static final Gathering.Limits LIMITS =
            new Gathering.Limits(256, 256, Long.MAX_VALUE, 64L << 20, Duration.ofSeconds(3));
    /** How long a consumer waits for what this instance stored before it asked and has not published yet. */
    private static final Duration PUBLICATION_PATIENCE = Duration.ofSeconds(1);
    /** How long a consumer is kept who meets nothing but duplicates. */
    private static final Duration DUPLICATES_PATIENCE = Duration.ofSeconds(4);

    private final DeliveryRepository deliveries;
    private final QueueFront front;
    private final RelayOutbox relay;
    private final TimeOrderedIds ids;
    private final Gathering<ConsumeRequest> gathering;
    private volatile boolean draining;

    public ConsumeWorkflows(
            DeliveryRepository deliveries, QueueFront front, RelayOutbox relay, TimeOrderedIds ids, Schedule schedule) {
        this.deliveries = deliveries;
        this.front = front;
        this.relay = relay;
        this.ids = ids;
        this.gathering = new Gathering<>("consume", LIMITS, schedule, this::serve);
    }

    /** Consumes the next workflow for good. The stage fails with a {@link Fault} only. */
    public CompletionStage<ConsumeOutcome> consume(Rendering rendering) {
        if (draining) {
            return CompletableFuture.completedFuture(new ConsumeOutcome.Nothing(true));
        }
        ConsumeRequest request = new ConsumeRequest(rendering, relay.ticket());
        gathering.join(request);
        return request.answer();
    }

    /** From now on there is nothing to be had here. */
    public void drain() {
        draining = true;
    }

    /** Serves those who wait and returns what was taken and not used. */
    @Override
    public void close() {
        drain();
        gathering.close();
        front.giveBackKept();
    }

    private void serve(List<ConsumeRequest> batch) {
        List<ConsumeRequest> waiting = batch;
        while (!waiting.isEmpty()) {
            waiting = serveOnce(new ConsumeRound(waiting, ids));
        }
    }

    /** @return those who met a duplicate and want another try */
    private List<ConsumeRequest> serveOnce(ConsumeRound round) {
        LongPredicate published = relay.publishedNow();
        List<ClaimOutcome> outcomes;
        try {
            outcomes = deliveries.claim(
                    () -> round.pair(front.take(round.requests().size())));
        } catch (Fault.OutcomeUnknown unknown) {
            front.giveBack(round.messages());
            round.requests().forEach(request -> request.fail(unknown));
            return List.of();
        } catch (RuntimeException e) {
            front.keep(round.messages());
            round.requests().forEach(request -> request.fail(e));
            return List.of();
        }
        List<ConsumeRequest> again = settle(round.pairs(), outcomes);
        sendAway(round.emptyHanded(), published);
        return again;
    }

    private List<ConsumeRequest> settle(List<ConsumeRound.Pair> pairs, List<ClaimOutcome> outcomes) {
        List<Message> finished = new ArrayList<>();
        List<ConsumeRequest> again = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i++) {
            ConsumeRound.Pair pair = pairs.get(i);
            switch (outcomes.get(i)) {
                case ClaimOutcome.Delivered delivered -> {
                    answer(pair, delivered);
                    finished.addAll(pair.messages());
                }
                case ClaimOutcome.NotClaimable() -> {
                    finished.addAll(pair.messages());
                    again.add(pair.request());
                }
                case ClaimOutcome.Failed(Fault fault) -> fail(pair, fault);
            }
        }
        front.acknowledge(finished);
        return stillPatient(again);
    }

    private static void answer(ConsumeRound.Pair pair, ClaimOutcome.Delivered delivered) {
        pair.request()
                .answer()
                .complete(new ConsumeOutcome.Delivered(
                        pair.claim().deliveryId(), delivered.workflows(), delivered.rendition()));
    }

    /** A message whose claim may have been committed goes back: when it comes again the database tells. */
    private void fail(ConsumeRound.Pair pair, Fault fault) {
        if (fault instanceof Fault.OutcomeUnknown) {
            front.giveBack(pair.messages());
        } else {
            front.keep(pair.messages());
        }
        pair.request().fail(fault);
    }

    private static List<ConsumeRequest> stillPatient(List<ConsumeRequest> requests) {
        List<ConsumeRequest> patient = new ArrayList<>();
        for (ConsumeRequest request : requests) {
            if (request.hasWaited(DUPLICATES_PATIENCE)) {
                request.fail(new Fault.Unavailable("The queue held nothing but duplicates for a while."));
            } else {
                patient.add(request);
            }
        }
        return patient;
    }

    /** @param published whether what a ticket stands for had been published before the queue was asked */
    private void sendAway(List<ConsumeRequest> emptyHanded, LongPredicate published) {
        if (emptyHanded.isEmpty()) {
            return;
        }
        boolean moreToCome = relay.hasMore();
        for (ConsumeRequest request : emptyHanded) {
            if (published.test(request.ticket()) || request.hasWaited(PUBLICATION_PATIENCE)) {
                request.answer().complete(new ConsumeOutcome.Nothing(moreToCome));
            } else {
                askAgainSoon(request);
            }
        }
    }

    private void askAgainSoon(ConsumeRequest request) {
        CompletionStage<Void> further = relay.whenFurther(request.ticket())
                .toCompletableFuture()
                .orTimeout(PUBLICATION_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        further.whenComplete((done, tooLate) -> gathering.join(request));
    }
}
