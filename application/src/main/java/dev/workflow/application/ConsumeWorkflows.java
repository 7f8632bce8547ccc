package dev.workflow.application;

import dev.workflow.domain.ClaimOutcome;
import dev.workflow.domain.Fault;
import dev.workflow.domain.Keyed;
import dev.workflow.domain.TimeOrderedIds;
import dev.workflow.domain.port.DeliveryRepository;
import dev.workflow.domain.port.WorkflowQueue.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;

/**
 * Hands the next workflows of the queue to whoever asks, each once. Requests that wait together are served by one transaction:
 * messages are taken, their workflows claimed and written out, the claim committed, the requests answered, and only then the
 * messages acknowledged. So a crash at any point leaves a message, or a committed claim, or both; and a message whose
 * workflow was claimed is seen to be a duplicate when it comes again.
 */
public final class ConsumeWorkflows implements AutoCloseable {
    private static final Gathering.Limits LIMITS =
            new Gathering.Limits(256, 2000, Long.MAX_VALUE, 64L << 20, Duration.ofSeconds(3));
    /** How long a consumer waits for what this instance stored before it asked and has not published yet. */
    private static final Duration PUBLICATION_PATIENCE = Duration.ofSeconds(1);
    /** How long a consumer is kept who meets nothing but duplicates. */
    private static final Duration DUPLICATES_PATIENCE = Duration.ofSeconds(4);
    /** How often the queue is asked for those who wait, since other instances put something there too. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(150);
    /** How many of those who wait are called when something arrives; when all are served, as many again and more. */
    private static final int CALLED_AT_ONCE = 16;

    private static final System.Logger LOG = System.getLogger(ConsumeWorkflows.class.getName());

    private final DeliveryRepository deliveries;
    private final QueueFront front;
    private final RelayOutbox relay;
    private final TimeOrderedIds ids;
    private final Throughput throughput;
    private final Gathering<ConsumeRequest> gathering;
    private final WaitingRoom room = new WaitingRoom();
    private final KeyedConsumers keyed;
    private volatile boolean draining;

    public ConsumeWorkflows(
            DeliveryRepository deliveries, QueueFront front, RelayOutbox relay, TimeOrderedIds ids, Instruments instruments) {
        this.deliveries = deliveries;
        this.front = front;
        this.relay = relay;
        this.ids = ids;
        this.throughput = instruments.throughput();
        this.gathering = new Gathering<>("consume", LIMITS, instruments.schedule(), this::serve);
        this.keyed = new KeyedConsumers(room, this::begin);
        front.onArrival(this::arrived);
        instruments.schedule().every(LOOK_EVERY, this::lookAround);
    }

    /** Hands over what is there, or what comes while the consumer waits. The stage fails with a {@link Fault} only. */
    public CompletionStage<Keyed<ConsumeOutcome>> consume(ConsumeOrder order) {
        ConsumeRequest request = new ConsumeRequest(order, relay.ticket());
        if (draining) {
            request.answerNothing(true);
        } else if (order.terms().key() == null) {
            begin(request);
        } else {
            keyed.begin(request);
        }
        return request.answer();
    }

    private void begin(ConsumeRequest request) {
        if (!request.waits() || !room.queueUp(request)) {
            gathering.join(request);
        }
    }

    private void arrived() {
        room.arrived();
        call(CALLED_AT_ONCE);
    }

    private void call(int max) {
        room.call(max).forEach(gathering::join);
    }

    private void lookAround() {
        room.callImpatient().forEach(gathering::join);
        call(1);
    }

    /** From now on there is nothing to be had here. */
    public void drain() {
        draining = true;
        room.close().forEach(request -> request.answerNothing(true));
    }

    /** Serves those who are being served and returns what was taken and not used. */
    @Override
    public void close() {
        drain();
        gathering.close();
        front.giveBackKept();
    }

    private void serve(List<ConsumeRequest> batch) {
        List<ConsumeRequest> waiting = keyed.withoutAnswered(batch, deliveries);
        while (!waiting.isEmpty()) {
            waiting = serveOnce(waiting);
        }
    }

    /** @return those who met a duplicate, or what another left over, and want another try */
    private List<ConsumeRequest> serveOnce(List<ConsumeRequest> waiting) {
        ConsumeRound round = new ConsumeRound(
                waiting.stream().filter(request -> !request.isOver()).toList(), ids);
        if (round.requests().isEmpty()) {
            return List.of();
        }
        long seen = room.arrivals();
        LongPredicate published = relay.publishedNow();
        List<Keyed<ClaimOutcome>> outcomes;
        try {
            outcomes = deliveries.claim(() -> round.pair(front.take(round.wanted())));
        } catch (Fault.OutcomeUnknown unknown) {
            front.giveBack(round.messages());
            round.requests().forEach(request -> request.fail(unknown));
            return List.of();
        } catch (RuntimeException e) {
            front.keep(round.messages());
            round.requests().forEach(request -> request.fail(e));
            return List.of();
        }
        Settling settling = new Settling();
        for (int i = 0; i < outcomes.size(); i++) {
            settling.settle(round.pairs().get(i), outcomes.get(i));
        }
        settling.finish();
        if (!settling.kept.isEmpty()) {
            settling.again.addAll(round.emptyHanded());
        } else if (round.emptyHanded().isEmpty()) {
            call(2 * round.requests().size());
        } else {
            sendAway(round.emptyHanded(), published, seen);
        }
        return settling.again;
    }

    /** What becomes of the requests and messages of a round. */
    private final class Settling {
        private final List<Message> finished = new ArrayList<>();
        private final List<Message> kept = new ArrayList<>();
        private final List<ConsumeRequest> again = new ArrayList<>();

        void settle(ConsumeRound.Pair pair, Keyed<ClaimOutcome> outcome) {
            switch (outcome) {
                case Keyed.Fresh<ClaimOutcome>(ClaimOutcome fresh) -> settle(pair, fresh);
                case Keyed.Replayed<ClaimOutcome> replayed -> decided(pair, replayed);
                case Keyed.Reused<ClaimOutcome> reused -> decided(pair, reused);
                case Keyed.InProgress<ClaimOutcome> inProgress -> decided(pair, inProgress);
            }
        }

        private void settle(ConsumeRound.Pair pair, ClaimOutcome outcome) {
            switch (outcome) {
                case ClaimOutcome.Delivered delivered -> {
                    List<Message> left = pair.messagesOf(delivered.leftOver());
                    kept.addAll(left);
                    pair.allMessages().stream()
                            .filter(each -> !left.contains(each))
                            .forEach(finished::add);
                    handOver(pair.request(), delivered);
                }
                case ClaimOutcome.NotClaimable() -> {
                    finished.addAll(pair.allMessages());
                    tryAgain(pair.request());
                }
                case ClaimOutcome.Failed(Fault fault) -> fail(pair, fault);
            }
        }

        /** The key had decided already, so nothing was taken for it. */
        private void decided(ConsumeRound.Pair pair, Keyed<ClaimOutcome> outcome) {
            kept.addAll(pair.allMessages());
            pair.request().answer(KeyedConsumers.answer(outcome));
        }

        private void tryAgain(ConsumeRequest request) {
            if (request.hasWaited(DUPLICATES_PATIENCE) && !request.waits()) {
                request.fail(new Fault.Unavailable("The queue held nothing but duplicates for a while."));
            } else {
                again.add(request);
            }
        }

        /** A message whose claim may have been committed goes back: when it comes again the database tells. */
        private void fail(ConsumeRound.Pair pair, Fault fault) {
            if (fault instanceof Fault.OutcomeUnknown) {
                front.giveBack(pair.allMessages());
            } else {
                kept.addAll(pair.allMessages());
            }
            pair.request().fail(fault);
        }

        private void finish() {
            front.keep(kept);
            front.acknowledge(finished);
        }
    }

    /**
     * Answers. A consumer that is seen to have left before anything was written to it got nothing, so all of it goes back;
     * unless it gave a key, under which it may ask again.
     */
    private void handOver(ConsumeRequest request, ClaimOutcome.Delivered delivered) {
        if (request.terms().key() == null && request.hasHungUp()) {
            takeBack(delivered);
            request.answerNothing(true);
        } else {
            if (request.terms().isFinal()) {
                throughput.consumed().add(delivered.delivery().workflows().size());
            }
            request.answer(new Keyed.Fresh<>(new ConsumeOutcome.Delivered(delivered.delivery(), delivered.rendition())));
        }
    }

    private void takeBack(ClaimOutcome.Delivered delivered) {
        try {
            deliveries.giveBack(delivered.delivery().id());
            relay.wake();
        } catch (Fault fault) {
            LOG.log(System.Logger.Level.WARNING, "What a consumer left behind could not be put back.", fault);
        }
    }

    /**
     * @param published whether what a ticket stands for had been published before the queue was asked
     * @param seen what had arrived before the queue was asked
     */
    private void sendAway(List<ConsumeRequest> emptyHanded, LongPredicate published, long seen) {
        Map<Boolean, List<ConsumeRequest>> byPatience =
                emptyHanded.stream().collect(Collectors.partitioningBy(request -> request.waits() && !draining));
        List<ConsumeRequest> patient = byPatience.get(true);
        if (!patient.isEmpty() && !keyed.enterRoom(patient, seen)) {
            patient.forEach(gathering::join);
        }
        List<ConsumeRequest> impatient = byPatience.get(false);
        if (impatient.isEmpty()) {
            return;
        }
        boolean moreToCome = relay.hasMore();
        for (ConsumeRequest request : impatient) {
            if (published.test(request.ticket()) || request.hasWaited(PUBLICATION_PATIENCE)) {
                request.answerNothing(moreToCome);
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
