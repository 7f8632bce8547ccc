package dev.workflow.application;

import dev.workflow.domain.Fault;
import dev.workflow.domain.port.Outbox;
import dev.workflow.domain.port.WorkflowQueue;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;

/**
 * Moves what the outbox holds into the queue, off the path of any request. Entries leave the outbox only when the queue has
 * them safe. What other replicas left behind is found by looking every {@link #LOOK_EVERY}.
 */
public final class RelayOutbox implements AutoCloseable {
    static final int BATCH = 2000;
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    /** How long after a look entries gather while nobody waits for them, so that many share one commit. */
    private static final Duration LEISURE = Duration.ofMillis(20);
    /** How long another instance has a batch in hand, about. */
    private static final Duration ONE_BATCH = Duration.ofMillis(10);

    private static final System.Logger LOG = System.getLogger(RelayOutbox.class.getName());

    /** What a step found. */
    enum Progress {
        /** There is more to publish at once. */
        MORE,
        /** What there was is published; more has come since. */
        NEWER,
        /** Nothing is on its way to the queue. */
        CAUGHT_UP,
        /** What is left another instance has in hand at the moment. */
        ELSEWHERE,
        /** What is left cannot be published now: the queue is full. */
        STUCK
    }

    private final Outbox outbox;
    private final WorkflowQueue queue;
    private final Thread thread = Thread.ofPlatform().name("relay").unstarted(this::run);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Tickets tickets = new Tickets();
    private volatile BooleanSupplier someoneWaits = () -> false;
    private long lookedNanos = System.nanoTime() - LEISURE.toNanos();
    /** Whether a commit ends what it does now. */
    private boolean resting;

    private boolean woken;
    private boolean closed;
    private boolean failing;

    public RelayOutbox(Outbox outbox, WorkflowQueue queue) {
        this.outbox = outbox;
        this.queue = queue;
    }

    public void start() {
        thread.start();
    }

    /** Tells what else, beside {@link #whenFurther}, makes it hurry. */
    void hurryWhile(BooleanSupplier whileTrue) {
        someoneWaits = whileTrue;
    }

    /** Tells that a commit of this instance wrote to the outbox. */
    void wake() {
        tickets.commit();
        lock.lock();
        try {
            woken = true;
            if (resting || someoneWaits.getAsBoolean()) {
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Stands for everything that this instance has committed until now. */
    long ticket() {
        return tickets.ticket();
    }

    /** Whether everything that a ticket stands for is in the queue at this moment. */
    LongPredicate publishedNow() {
        return tickets.publishedNow();
    }

    /** Whether something is on its way to the queue, from any instance. */
    boolean hasMore() {
        return !outbox.isEmpty();
    }

    /**
     * Completes when everything that {@code ticket} stands for is in the queue, or as soon as anything at all got there, so that
     * asking the queue again makes sense.
     */
    CompletionStage<Void> whenFurther(long ticket) {
        CompletionStage<Void> further = tickets.whenFurther(ticket);
        lock.lock();
        try {
            changed.signal();
        } finally {
            lock.unlock();
        }
        return further;
    }

    /** Publishes one batch. */
    Progress step() {
        long ticket = ticket();
        AtomicBoolean found = new AtomicBoolean();
        int drained = outbox.drain(BATCH, entries -> {
            found.set(true);
            return Stages.await(queue.publish(entries));
        });
        Progress progress = progress(found.get(), drained);
        if (progress == Progress.CAUGHT_UP || drained > 0) {
            tickets.further(progress == Progress.CAUGHT_UP ? ticket : 0);
        }
        return progress;
    }

    private Progress progress(boolean found, int drained) {
        if (drained >= BATCH) {
            return Progress.MORE;
        }
        if (outbox.isEmpty()) {
            return Progress.CAUGHT_UP;
        }
        if (drained > 0) {
            return Progress.NEWER;
        }
        return found ? Progress.STUCK : Progress.ELSEWHERE;
    }

    private void run() {
        while (rest(LOOK_EVERY, true) && letThemGather()) {
            drainAll();
        }
    }

    /** @return false when closed */
    private boolean letThemGather() {
        lock.lock();
        try {
            long left = lookedNanos + LEISURE.toNanos() - System.nanoTime();
            while (left > 0 && !closed && !tickets.areAwaited() && !someoneWaits.getAsBoolean()) {
                left = changed.awaitNanos(left);
            }
            return !closed;
        } catch (InterruptedException e) {
            return false;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until it is time to look again.
     *
     * @param wakeable whether a wake-up ends the wait
     * @return false when closed
     */
    private boolean rest(Duration atMost, boolean wakeable) {
        lock.lock();
        try {
            resting = wakeable;
            long left = atMost.toNanos();
            while (left > 0 && !closed && !(wakeable && woken)) {
                left = changed.awaitNanos(left);
            }
            woken = false;
            return !closed;
        } catch (InterruptedException e) {
            return false;
        } finally {
            resting = false;
            lock.unlock();
        }
    }

    private void drainAll() {
        try {
            Progress progress = look();
            while (goesOn(progress)) {
                progress = look();
            }
            report(false, "Publishing goes on.");
            if (progress == Progress.STUCK) {
                rest(LOOK_EVERY, false);
            }
        } catch (Fault fault) {
            report(true, "Nothing can be published now: " + explained(fault));
            rest(LOOK_EVERY, false);
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "The relay failed and will try again.", e);
            rest(LOOK_EVERY, false);
        }
    }

    private Progress look() {
        Progress progress = step();
        lookedNanos = System.nanoTime();
        return progress;
    }

    /** What another instance has in hand is watched, since someone may wait here for it. */
    private boolean goesOn(Progress progress) {
        return switch (progress) {
            case MORE -> !isClosed();
            case NEWER -> letThemGather();
            case ELSEWHERE -> rest(ONE_BATCH, false);
            case CAUGHT_UP, STUCK -> false;
        };
    }

    /** What the database or the broker itself said is for the operator, who reads the log. */
    private static String explained(Fault fault) {
        Throwable root = fault;
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            root = cause;
        }
        return fault.getMessage() + (root == fault ? "" : " It said: " + root.getMessage());
    }

    /** Says it once, when it changes. */
    private void report(boolean fails, String message) {
        if (fails != failing) {
            failing = fails;
            LOG.log(fails ? System.Logger.Level.WARNING : System.Logger.Level.INFO, message);
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Ends after the batch in flight; what is left waits in the outbox for the next start or another replica. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
