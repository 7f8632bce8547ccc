package dev.workflow.application;

import dev.workflow.domain.Fault;
import dev.workflow.domain.Keyed;
import dev.workflow.domain.RequestKey;
import dev.workflow.domain.TimeOrderedIds;
import dev.workflow.domain.delivery.ClaimOutcome;
import dev.workflow.domain.port.DeliveryRepository;
import dev.workflow.domain.port.Statistics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Hands the next workflows of the queue to whoever asks, each once. Requests that wait together are served by one transaction:
 * messages are taken, their workflows claimed and written out, the claim committed, the requests answered, and only then the
 * messages acknowledged. So a crash at any point leaves a message, or a committed claim, or both; and a message whose
 * workflow was claimed is seen to be a duplicate when it comes again.
 */
public final class ConsumeWorkflows implements AutoCloseable {
    private static final Gathering.Limits LIMITS = new Gathering.Limits(256, 2000, Long.MAX_VALUE);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    /** How often the queue is asked for those who wait, since other instances put something there too. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
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
    private final InHand inHand = new InHand();
    private final KeyedConsumers keyed;
    private final EmptyHanded emptyHanded;

    public ConsumeWorkflows(
            DeliveryRepository deliveries,
            QueueFront front,
            RelayOutbox relay,
            Statistics statistics,
            Instruments instruments) {
        this(deliveries, front, relay, statistics, instruments, PATIENCE);
    }

    /**
     * The same, with another patience than a service has.
     *
     * @param patience how long a consumer waits for what this instance stored before it asked and has not published yet
     */
    public ConsumeWorkflows(
            DeliveryRepository deliveries,
            QueueFront front,
            RelayOutbox relay,
            Statistics statistics,
            Instruments instruments,
            Duration patience) {
        this.deliveries = deliveries;
        this.front = front;
        this.relay = relay;
        this.ids = instruments.ids();
        this.throughput = instruments.throughput();
        this.gathering = new Gathering<>("consume", LIMITS, instruments.schedule(), this::serve);
        this.keyed = new KeyedConsumers(deliveries, room, this::begin);
        this.emptyHanded = new EmptyHanded(statistics, relay, room, keyed, inHand, patience, gathering::join);
        front.onArrival(this::arrived);
        relay.hurryWhile(() -> waiting() > 0);
        instruments.schedule().every(LOOK_EVERY, this::lookAround);
    }

    /** Hands over what is there, or what comes while the consumer waits. The stage fails with a {@link Fault} only. */
    public CompletionStage<Keyed<ConsumeOutcome>> consume(ConsumeOrder order) {
        ConsumeRequest request = new ConsumeRequest(order, relay.ticket());
        if (order.terms().key() != null) {
            keyed.begin(request);
        } else if (room.isClosed()) {
            request.answerNothing(true);
        } else {
            begin(request);
        }
        return request.answer();
    }

    private void begin(ConsumeRequest request) {
        boolean mayHaveAnAnswer = request.terms().key() != null;
        if (mayHaveAnAnswer || !request.waits() || !room.queueUp(request)) {
            gathering.join(request);
        }
    }

    private void arrived() {
        room.arrived();
        call(CALLED_AT_ONCE);
    }

    private void call(int max) {
        gathering.join(room.call(max));
    }

    private void lookAround() {
        gathering.join(room.callImpatient());
        call(1);
    }

    /** Whether a consumer waits for an arrival with this key, so that no other request can have it. */
    public boolean holds(RequestKey key) {
        return keyed.isHeld(key);
    }

    /** How many consumers wait for an arrival. */
    public int waiting() {
        return room.size();
    }

    /** From now on there is nothing to be had here but earlier answers. */
    public void drain() {
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
        List<ConsumeRequest> waiting = keyed.withoutAnswered(inOrder(batch));
        if (room.isClosed()) {
            waiting.forEach(request -> request.answerNothing(true));
            waiting = List.of();
        }
        while (!waiting.isEmpty()) {
            waiting = serveOnce(waiting);
        }
        gathering.join(room.back(batch));
    }

    /** Those who waited elsewhere came before others who stand in this line. */
    private static List<ConsumeRequest> inOrder(List<ConsumeRequest> batch) {
        return batch.stream().sorted(ConsumeRequest.BY_PLACE).toList();
    }

    /** @return those for whom there may be something now */
    private List<ConsumeRequest> serveOnce(List<ConsumeRequest> waiting) {
        ConsumeRound round = new ConsumeRound(
                waiting.stream().filter(request -> !request.isOver()).toList(), ids);
        if (round.requests().isEmpty()) {
            return List.of();
        }
        EmptyHanded.Sight sight = emptyHanded.look();
        Optional<RoundResult> result;
        try (InHand.Round hand = inHand.begin()) {
            result = claim(round, sight).map(outcomes -> new RoundResult(round.pairs(), outcomes));
            if (result.isPresent() && keepRest(round, result.get())) {
                hand.usedAll();
            }
        }
        result.ifPresent(this::settle);
        return result.map(done -> others(round, done, sight)).orElse(List.of());
    }

    /** Where it fails the requests are told so, and the messages are put aside. */
    private Optional<List<Keyed<ClaimOutcome>>> claim(ConsumeRound round, EmptyHanded.Sight sight) {
        try {
            return Optional.of(deliveries.claim(
                    () -> round.pair(front.take(round.wanted()), request -> emptyHanded.mayGetMore(request, sight))));
        } catch (Fault.OutcomeUnknown unknown) {
            front.giveBack(round.messages());
            round.requests().forEach(request -> request.fail(unknown));
        } catch (RuntimeException e) {
            front.keep(round.messages());
            round.requests().forEach(request -> request.fail(e));
        } catch (Error e) {
            front.keep(round.messages());
            throw e;
        }
        return Optional.empty();
    }

    /**
     * Before the answers: whoever has got one and asks at once for more finds the rest.
     *
     * @return whether there is none
     */
    private boolean keepRest(ConsumeRound round, RoundResult result) {
        round.incomplete().ifPresent(this::askAgainForAll);
        if (result.hasFailed()) {
            front.keep(result.kept());
        } else {
            front.keepRest(result.kept());
        }
        boolean usedAll = result.kept().isEmpty()
                && result.returned().isEmpty()
                && round.incomplete().isEmpty();
        if (!usedAll) {
            room.arrived();
        }
        return usedAll;
    }

    /** No answer waits for the queue, nor for what others have left behind. */
    private void settle(RoundResult result) {
        List<RoundResult.Handover> leftBehind =
                result.handovers().stream().filter(each -> !isTaken(each)).toList();
        front.giveBack(result.returned());
        front.acknowledge(result.finished());
        leftBehind.forEach(this::takeBack);
    }

    private void askAgainForAll(ConsumeRound.Pair incomplete) {
        front.keep(incomplete.messages());
        emptyHanded.askAgainSoon(incomplete.request());
    }

    /** Those who got nothing: for them something may be left now, or has to come. */
    private List<ConsumeRequest> others(ConsumeRound round, RoundResult result, EmptyHanded.Sight sight) {
        List<ConsumeRequest> again = new ArrayList<>(result.again());
        if (round.emptyHanded().isEmpty()) {
            call(2 * round.requests().size());
        } else if (!result.kept().isEmpty() || round.gotEnough()) {
            again.addAll(round.emptyHanded());
        } else {
            again.addAll(emptyHanded.sendAway(round.emptyHanded(), sight));
        }
        return again;
    }

    /**
     * Answers. A consumer that is seen to have left before anything was written to it got nothing, so all of it goes back;
     * unless it gave a key, under which it may ask again.
     *
     * @return false when it has left
     */
    private boolean isTaken(RoundResult.Handover handover) {
        ConsumeRequest request = handover.request();
        ClaimOutcome.Delivered delivered = handover.delivered();
        if (request.terms().key() == null && request.hasHungUp()) {
            return false;
        }
        if (request.terms().isFinal()) {
            throughput.consumed().add(delivered.delivery().workflows().size());
        }
        request.answer(new Keyed.Fresh<>(new ConsumeOutcome.Delivered(delivered.delivery(), delivered.rendition())));
        return true;
    }

    private void takeBack(RoundResult.Handover handover) {
        takeBack(handover.delivered());
        handover.request().answerNothing(true);
    }

    private void takeBack(ClaimOutcome.Delivered delivered) {
        try {
            deliveries.giveBack(delivered.delivery().id());
            relay.wake();
        } catch (Fault fault) {
            LOG.log(System.Logger.Level.WARNING, "What a consumer left behind could not be put back.", fault);
        }
    }
}
