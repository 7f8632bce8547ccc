package dev.workflow.application;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;

/** How much of what this instance committed has been published, and who waits for more of it. */
final class Tickets {
    private final AtomicLong committed = new AtomicLong();
    private final List<CompletableFuture<Void>> waiters = new ArrayList<>();
    private volatile long published;

    /** A commit of this instance wrote to the outbox. */
    void commit() {
        committed.incrementAndGet();
    }

    /** Stands for everything that this instance has committed until now. */
    long ticket() {
        return committed.get();
    }

    /** Whether everything that a ticket stands for is in the queue at this moment. */
    LongPredicate publishedNow() {
        long now = published;
        return ticket -> ticket <= now;
    }

    /** Completes when everything that {@code ticket} stands for is in the queue, or with the next {@link #further}. */
    synchronized CompletionStage<Void> whenFurther(long ticket) {
        if (ticket <= published) {
            return CompletableFuture.completedFuture(null);
        }
        // who gave up would stay as long as the broker takes nothing
        waiters.removeIf(CompletableFuture::isDone);
        CompletableFuture<Void> waiter = new CompletableFuture<>();
        waiters.add(waiter);
        return waiter;
    }

    synchronized boolean areAwaited() {
        return !waiters.isEmpty();
    }

    /** Something got into the queue: everything that {@code ticket} stands for, if not anything else. */
    void further(long ticket) {
        publish(ticket).forEach(waiter -> waiter.complete(null));
    }

    private synchronized List<CompletableFuture<Void>> publish(long ticket) {
        published = Math.max(published, ticket);
        List<CompletableFuture<Void>> waiting = List.copyOf(waiters);
        waiters.clear();
        return waiting;
    }
}
