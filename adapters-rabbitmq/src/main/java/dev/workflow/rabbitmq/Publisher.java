package dev.workflow.rabbitmq;

import dev.workflow.domain.Fault;
import dev.workflow.domain.QueueEntry;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Publishes batches one after the other from a thread of its own: a write to a broker that does not read blocks without end,
 * and only this thread, until the deadline ends the session.
 */
final class Publisher implements AutoCloseable {
    /** Batches that may wait; a relay hands in the next one when it has the answer to the last. */
    private static final int LINE = 16;

    private final Link<PublishSession> link;
    private final Deadlines deadlines;
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(LINE),
            Thread.ofPlatform().daemon().name("rabbitmq-publisher").factory());

    Publisher(Link<PublishSession> link, Deadlines deadlines) {
        this.link = link;
        this.deadlines = deadlines;
    }

    CompletableFuture<BitSet> publish(List<QueueEntry> entries) {
        if (entries.isEmpty()) {
            return CompletableFuture.completedFuture(new BitSet());
        }
        Batch batch = new Batch(entries);
        long deadline = System.nanoTime() + Deadlines.CONFIRM.toNanos();
        try {
            thread.execute(() -> run(batch, deadline));
        } catch (RejectedExecutionException e) {
            batch.fail(Fault.Unavailable.broker("Too many batches wait for the broker."));
        }
        return batch.outcome();
    }

    private void run(Batch batch, long deadline) {
        try {
            PublishSession session = link.session();
            Duration left = Duration.ofNanos(deadline - System.nanoTime());
            Future<?> alarm = deadlines.after(left, () -> session.end("no confirm in time"));
            session.publish(batch);
            alarm.cancel(false);
        } catch (Fault.Unavailable fault) {
            batch.fail(fault);
        } finally {
            if (!batch.isDone()) {
                batch.fail(Fault.Unavailable.broker("The broker was not asked."));
            }
        }
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
