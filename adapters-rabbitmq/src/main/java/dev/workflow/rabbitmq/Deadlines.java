package dev.workflow.rabbitmq;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** How long the broker may take, and the clock that watches over it. */
final class Deadlines implements AutoCloseable {
    /** To open a TCP connection, and for each step of the greeting. */
    static final Duration CONNECT = Duration.ofSeconds(2);
    /** To answer a question, or to read what was written to it. */
    static final Duration ANSWER = Duration.ofSeconds(2);
    /** To confirm a whole batch. */
    static final Duration CONFIRM = Duration.ofSeconds(3);
    /** To say goodbye. */
    static final Duration CLOSE = Duration.ofSeconds(1);

    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("rabbitmq-deadlines").factory());

    Deadlines() {
        clock.setRemoveOnCancelPolicy(true);
    }

    /** Calls {@code missed}, which must not block, unless the answer is cancelled before. */
    Future<?> after(Duration deadline, Runnable missed) {
        try {
            return clock.schedule(missed, deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            missed.run();
            return CompletableFuture.completedFuture(null);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
