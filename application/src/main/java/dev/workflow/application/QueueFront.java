package dev.workflow.application;

import dev.workflow.domain.port.WorkflowQueue;
import dev.workflow.domain.port.WorkflowQueue.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The front of the queue as this instance sees it. Messages that were taken but could not be used stay first in line here for
 * a while, so that a short outage of the database does not shuffle the queue; then they go back, so that another instance
 * gets them.
 */
public final class QueueFront {
    private static final Duration KEEP = Duration.ofSeconds(10);
    /** For whoever has got a part and asks at once for the next. */
    private static final Duration KEEP_REST = Duration.ofMillis(500);

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final System.Logger LOG = System.getLogger(QueueFront.class.getName());

    private record Kept(Message message, long untilNanos) {}

    private final WorkflowQueue queue;
    private final Duration keep;
    private final ArrayDeque<Kept> kept = new ArrayDeque<>();
    private volatile Optional<Instant> lastTaken = Optional.empty();

    public QueueFront(WorkflowQueue queue, Schedule schedule) {
        this(queue, schedule, KEEP);
    }

    QueueFront(WorkflowQueue queue, Schedule schedule, Duration keep) {
        this.queue = queue;
        this.keep = keep;
        schedule.every(LOOK_EVERY, () -> giveBack(keptTooLong()));
    }

    /**
     * When the message that was last taken had been queued, by the database's clock; of those that were given back since, the
     * first: they are in the queue again.
     */
    Optional<Instant> lastTaken() {
        return lastTaken;
    }

    /** When the oldest message that is kept here had been queued; in the far future when none is. */
    synchronized Instant oldestKept() {
        return kept.stream()
                .map(each -> each.message().entry().queuedAt())
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }

    void onArrival(Runnable listener) {
        queue.onArrival(listener);
    }

    List<Message> take(int max) {
        List<Message> taken = takeKept(max);
        if (taken.size() < max) {
            taken.addAll(takeQueued(max - taken.size(), taken));
        }
        return taken;
    }

    private List<Message> takeQueued(int max, List<Message> inHand) {
        try {
            List<Message> queued = Stages.await(queue.take(max));
            if (!queued.isEmpty()) {
                lastTaken = Optional.of(queued.getLast().entry().queuedAt());
            }
            return queued;
        } catch (RuntimeException e) {
            keep(inHand);
            throw e;
        }
    }

    private synchronized List<Message> takeKept(int max) {
        List<Message> taken = new ArrayList<>();
        while (taken.size() < max && !kept.isEmpty()) {
            taken.add(kept.removeFirst().message());
        }
        return taken;
    }

    /** Puts messages first in line again, in their order. */
    void keep(List<Message> messages) {
        keep(messages, keep);
    }

    /** The same with what is as good as new, and what other instances may have a use for at once: nobody here may. */
    void keepRest(List<Message> messages) {
        keep(messages, KEEP_REST.compareTo(keep) < 0 ? KEEP_REST : keep);
    }

    private synchronized void keep(List<Message> messages, Duration longest) {
        long until = System.nanoTime() + longest.toNanos();
        messages.reversed().forEach(message -> kept.addFirst(new Kept(message, until)));
    }

    private synchronized List<Message> keptTooLong() {
        long now = System.nanoTime();
        List<Message> old = new ArrayList<>();
        kept.removeIf(each -> now - each.untilNanos() > 0 && old.add(each.message()));
        return old;
    }

    /** A failure is not the consumer's: the message comes again and is seen to be a duplicate. */
    void acknowledge(Collection<Message> messages) {
        if (!messages.isEmpty()) {
            queue.acknowledge(messages).whenComplete((done, failure) -> note("acknowledged", failure));
        }
    }

    void giveBack(Collection<Message> messages) {
        if (!messages.isEmpty()) {
            lastTaken = Stream.concat(
                            lastTaken.stream(),
                            messages.stream().map(each -> each.entry().queuedAt()))
                    .min(Comparator.naturalOrder());
            queue.giveBack(messages).whenComplete((done, failure) -> note("given back", failure));
        }
    }

    /** Gives back all that is kept. */
    void giveBackKept() {
        giveBack(takeKept(Integer.MAX_VALUE));
    }

    private static void note(String what, Throwable failure) {
        if (failure != null) {
            LOG.log(System.Logger.Level.DEBUG, "Messages could not be " + what + "; they come again.", failure);
        }
    }
}
