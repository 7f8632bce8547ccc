package dev.workflow.application;

import dev.workflow.domain.Fault;
import dev.workflow.domain.port.Statistics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/**
 * Consumers to whom a round gave nothing. Who would rather wait does so in the room. Who would not is told that there is nothing
 * once that is so: what was stored before it came may still be on its way to the queue, or in another consumer's hand and about
 * to be put back, and then it asks the queue again.
 */
final class EmptyHanded {
    /** How much longer a consumer waits for what others may put back, and then as long again. Large answers take their time. */
    private static final int MORE_WITH_OTHERS = 3;
    /** How often the store is asked for what another instance has in hand. */
    private static final Executor SOON = CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS);

    /**
     * What was known of the queue before a round asked it.
     *
     * @param published whether what a ticket stands for had been published
     * @param arrivals what had arrived
     */
    record Sight(LongPredicate published, long arrivals) {}

    private final Statistics statistics;
    private final RelayOutbox relay;
    private final WaitingRoom room;
    private final KeyedConsumers keyed;
    private final InHand inHand;
    private final Duration patience;
    private final Consumer<ConsumeRequest> askAgain;

    /**
     * @param patience how long a consumer waits for what this instance stored before it came and has not published yet
     * @param askAgain lets a consumer ask the queue again
     */
    EmptyHanded(
            Statistics statistics,
            RelayOutbox relay,
            WaitingRoom room,
            KeyedConsumers keyed,
            InHand inHand,
            Duration patience,
            Consumer<ConsumeRequest> askAgain) {
        this.statistics = statistics;
        this.relay = relay;
        this.room = room;
        this.keyed = keyed;
        this.inHand = inHand;
        this.patience = patience;
        this.askAgain = askAgain;
    }

    Sight look() {
        return new Sight(relay.publishedNow(), room.arrivals());
    }

    /** Whether something that was stored before the request came is still on its way to the queue, and worth a moment. */
    boolean mayGetMore(ConsumeRequest request, Sight sight) {
        return !sight.published().test(request.ticket()) && mayWait(request, patience);
    }

    /** Lets it ask again when something got to the queue, or after a moment. */
    void askAgainSoon(ConsumeRequest request) {
        CompletionStage<Void> further = relay.whenFurther(request.ticket())
                .toCompletableFuture()
                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
        further.whenComplete((done, tooLate) -> askAgain.accept(request));
    }

    /**
     * Lets them wait, ask again or be told that there is nothing.
     *
     * @return those for whom there may be something now, since something has arrived
     */
    List<ConsumeRequest> sendAway(List<ConsumeRequest> requests, Sight sight) {
        List<ConsumeRequest> patient = new ArrayList<>();
        List<ConsumeRequest> impatient = new ArrayList<>();
        requests.forEach(request -> (request.waits() && !room.isClosed() ? patient : impatient).add(request));
        List<ConsumeRequest> again = new ArrayList<>();
        try {
            again.addAll(sendAwayNow(impatient, sight));
        } catch (Fault fault) {
            impatient.forEach(request -> request.fail(fault));
        }
        again.addAll(keyed.enterRoom(patient, sight.arrivals()));
        return again;
    }

    private List<ConsumeRequest> sendAwayNow(List<ConsumeRequest> requests, Sight sight) {
        if (requests.isEmpty()) {
            return List.of();
        }
        boolean moreToCome = room.isClosed() || relay.hasMore();
        // before what has arrived is looked at: a round tells of what it puts back, and then it ends
        CompletableFuture<Boolean> settled = inHand.settled();
        List<ConsumeRequest> again = new ArrayList<>();
        for (ConsumeRequest request : requests) {
            if (mayGetMore(request, sight)) {
                askAgainSoon(request);
            } else if (room.arrivals() != sight.arrivals() && mayWait(request, patience)) {
                again.add(request);
            } else if (request.terms().key() != null) {
                answerOnceDecided(request, settled, moreToCome);
            } else {
                answerOnceSettled(request, settled, moreToCome);
            }
        }
        return again;
    }

    /**
     * The first request of this key may be with another instance, which has taken what this one missed. Until it commits, that
     * waits in the store; then the key is there.
     */
    private void answerOnceDecided(ConsumeRequest request, CompletableFuture<Boolean> settled, boolean moreToCome) {
        boolean waiting = statistics.anyWaiting();
        if (waiting && mayWait(request, patience.multipliedBy(MORE_WITH_OTHERS))) {
            SOON.execute(() -> askAgain.accept(request));
        } else if (!keyed.withoutAnswered(List.of(request)).isEmpty()) {
            answerOnceSettled(request, settled, moreToCome || waiting);
        }
    }

    /** Another round may have had in hand what it puts back: it was there all the time. */
    private void answerOnceSettled(ConsumeRequest request, CompletableFuture<Boolean> settled, boolean moreToCome) {
        Duration most = patience.multipliedBy(MORE_WITH_OTHERS);
        Duration left = mayWait(request, most) ? most : Duration.ZERO;
        CompletionStage<Boolean> inTime = settled.copy().orTimeout(left.toMillis(), TimeUnit.MILLISECONDS);
        inTime.whenComplete((putBack, tooLate) -> {
            boolean mayBeThere = tooLate != null || putBack;
            if (mayBeThere && mayWait(request, most)) {
                askAgain.accept(request);
            } else {
                request.answerNothing(moreToCome || mayBeThere);
            }
        });
    }

    private boolean mayWait(ConsumeRequest request, Duration most) {
        return !room.isClosed() && !request.hasWaited(most);
    }
}
