package dev.workflow.application;

import dev.workflow.domain.port.Upkeep;
import dev.workflow.domain.port.WorkflowQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds workflows whose message the broker has lost and queues them again.
 *
 * <p>Messages leave the queue in the order in which they were queued. So a workflow that nobody has claimed, and that was
 * queued well before the message that was last taken, or well before a moment at which the queue was empty, has no message
 * any more; unless this instance has that message in hand. Whatever lies behind that mark may still be in the queue and is left
 * alone, however long the queue is.
 */
public final class RequeueLost {
    static final int PAGE = 1000;

    private final Upkeep upkeep;
    private final WorkflowQueue queue;
    private final QueueFront front;
    private final RelayOutbox relay;
    private final Duration after;

    /** @param after how far behind the mark a workflow must be to count as lost */
    public RequeueLost(Upkeep upkeep, WorkflowQueue queue, QueueFront front, RelayOutbox relay, Duration after) {
        this.upkeep = upkeep;
        this.queue = queue;
        this.front = front;
        this.relay = relay;
        this.after = after;
    }

    /**
     * Looks once, and queues all that it finds.
     *
     * @return how many
     */
    public long pass() {
        return mark().map(mark -> requeue(mark.minus(after))).orElse(0L);
    }

    /**
     * Everything queued before it that is neither claimed nor in the outbox is lost; empty when nothing tells. Asks the database
     * before the queue: what is published in between was in the outbox.
     */
    private Optional<Instant> mark() {
        Instant published = upkeep.publishedBefore();
        Optional<Instant> left = Stages.await(queue.depth()) == 0 ? Optional.of(published) : front.lastTaken();
        return left.flatMap(
                each -> Stream.of(each, published, front.oldestKept()).min(Comparator.naturalOrder()));
    }

    private long requeue(Instant queuedBefore) {
        long total = 0;
        int found;
        do {
            found = upkeep.requeue(queuedBefore, PAGE);
            total += found;
            if (found > 0) {
                relay.wake();
            }
        } while (found == PAGE);
        return total;
    }

    /** This moment by the clock that times are stored by. */
    public Instant now() {
        return upkeep.now();
    }

    /**
     * Fills a queue that forgets everything when this instance ends with all that waits in the database: page by page, the
     * next one when the queue has taken the last.
     *
     * @param start a moment before anything was handed in here: what came later is in the queue already, and queueing it again
     *     would make its message stale
     * @return how many
     */
    public long refill(Instant start) {
        long total = 0;
        int found;
        do {
            awaitPublished(relay.ticket());
            found = upkeep.requeue(start, PAGE);
            total += found;
            relay.wake();
        } while (found > 0);
        return total;
    }

    private void awaitPublished(long ticket) {
        while (!relay.publishedNow().test(ticket)) {
            Stages.await(relay.whenFurther(ticket));
        }
    }
}
