package dev.workflow.application;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongPredicate;

/** How much of what this instance committed has been published, and who waits for more of it. */
final class Tickets {
    private final ReentrantLock lock = new ReentrantLock();
    private final List<CompletableFuture<Void>> waiters = new ArrayList<>();
    private long committed;
    private long published;

    /** A commit of this instance wrote to the outbox. */
    void commit() {
        lock.lock();
        try {
            committed++;
        } finally {
            lock.unlock();
        }
    }

    /** Stands for everything that this instance has committed until now. */
    long ticket() {
        lock.lock();
        try {
            return committed;
        } finally {
            lock.unlock();
        }
    }

    /** Whether everything that a ticket stands for is in the queue at this moment. */
    LongPredicate publishedNow() {
        lock.lock();
        try {
            long now = published;
            return ticket -> ticket <= now;
        } finally {
            lock.unlock();
        }
    }

    /** Completes when everything that {@code ticket} stands for is in the queue, or with the next {@link #further}. */
    CompletionStage<Void> whenFurther(long ticket) {
        lock.lock();
        try {
            if (ticket <= published) {
                return CompletableFuture.completedFuture(null);
            }
            // who gave up would stay as long as the broker takes nothing
            waiters.removeIf(CompletableFuture::isDone);
            CompletableFuture<Void> waiter = new CompletableFuture<>();
            waiters.add(waiter);
            return waiter;
        } finally {
            lock.unlock();
        }
    }

    boolean areAwaited() {
        lock.lock();
        try {
            return !waiters.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Something got into the queue: everything that {@code ticket} stands for, if not anything else. */
    void further(long ticket) {
        List<CompletableFuture<Void>> waiting;
        lock.lock();
        try {
            published = Math.max(published, ticket);
            waiting = List.copyOf(waiters);
            waiters.clear();
        } finally {
            lock.unlock();
        }
        waiting.forEach(waiter -> waiter.complete(null));
    }
}
