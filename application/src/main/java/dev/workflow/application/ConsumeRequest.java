package dev.workflow.application;

import dev.workflow.domain.Fault;
import dev.workflow.domain.Keyed;
import dev.workflow.domain.delivery.DeliveryTerms;
import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** A consumer who waits for an answer. */
final class ConsumeRequest implements Gathering.Member {
    /** The order in which consumers came. */
    static final Comparator<ConsumeRequest> BY_PLACE = Comparator.comparingLong(request -> request.place);

    private static final AtomicLong PLACES = new AtomicLong();

    private static final long BYTES = 1024;

    private final ConsumeOrder order;
    private final long ticket;
    private final long cameNanos = System.nanoTime();
    private volatile long place = PLACES.getAndIncrement();
    private final CompletableFuture<Keyed<ConsumeOutcome>> answer = new CompletableFuture<>();

    /** @param ticket stands for what this instance had committed when the request came */
    ConsumeRequest(ConsumeOrder order, long ticket) {
        this.order = order;
        this.ticket = ticket;
    }

    DeliveryTerms terms() {
        return order.terms();
    }

    int max() {
        return order.max();
    }

    long ticket() {
        return ticket;
    }

    CompletableFuture<Keyed<ConsumeOutcome>> answer() {
        return answer;
    }

    /** Whether nothing is to be done any more. One who has hung up counts as sent away. */
    boolean isOver() {
        if (!answer.isDone() && hasHungUp()) {
            answerNothing(true);
        }
        return answer.isDone();
    }

    /** The same, but answers nobody: an answer lets others begin, which is not for a place that holds a lock. */
    boolean hasLeft() {
        return answer.isDone() || hasHungUp();
    }

    /** Whether it has the key of another and asks for the same. */
    boolean repeats(ConsumeRequest other) {
        return Objects.equals(terms().key(), other.terms().key());
    }

    /** For one that repeats another: that one must not stand anywhere any more. */
    void takePlaceOf(ConsumeRequest other) {
        place = other.place;
    }

    boolean hasHungUp() {
        return order.gone().getAsBoolean();
    }

    boolean hasWaited(Duration patience) {
        return System.nanoTime() - cameNanos >= patience.toNanos();
    }

    /** Whether the consumer would rather wait than get nothing. */
    boolean waits() {
        return !hasWaited(order.patience());
    }

    void answer(Keyed<ConsumeOutcome> outcome) {
        answer.complete(outcome);
    }

    void answerNothing(boolean moreToCome) {
        answer(new Keyed.Fresh<>(new ConsumeOutcome.Nothing(moreToCome)));
    }

    @Override
    public int rows() {
        return order.max();
    }

    @Override
    public long bytes() {
        return BYTES;
    }

    /** An instance that is stopping has nothing for a consumer, which is no failure. */
    @Override
    public void fail(RuntimeException why) {
        if (why instanceof Fault.Draining) {
            answerNothing(true);
        } else {
            answer.completeExceptionally(why);
        }
    }
}
