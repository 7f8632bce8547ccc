package dev.workflow.bootstrap;

import dev.workflow.application.RequeueLost;
import dev.workflow.application.Schedule;
import dev.workflow.domain.Fault;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Looks for lost messages as long as the service runs; looking blocks, so each look has a thread of its own. */
final class LostMessages {
    private static final System.Logger LOG = System.getLogger(LostMessages.class.getName());
    /** How often to look within the time after which a message counts as lost. */
    private static final int LOOKS = 3;

    private final RequeueLost requeueLost;
    private final OpenBroker broker;
    private final Schedule schedule;
    private final Duration after;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile boolean refill;

    LostMessages(RequeueLost requeueLost, OpenBroker broker, Schedule schedule, Duration after) {
        this.requeueLost = requeueLost;
        this.broker = broker;
        this.refill = broker.forgetful();
        this.schedule = schedule;
        this.after = after;
    }

    void watch() {
        look();
        schedule.every(after.dividedBy(LOOKS), this::look);
    }

    private void look() {
        Thread.ofVirtual().name("lost-messages").start(this::lookOnce);
    }

    /** A look that takes longer than the pause between looks, such as a refill, is not joined by another. */
    private void lookOnce() {
        if (looking.getAndSet(true)) {
            return;
        }
        try {
            if (!broker.keeping().getAsBoolean()) {
                LOG.log(System.Logger.Level.WARNING, "The queue of this instance is not its own at the moment.");
            }
            if (refill) {
                report("Filled the queue with {0} workflows that wait in the storage.", requeueLost.refill());
                refill = false;
            } else {
                report("Queued {0} workflows again whose messages were gone.", requeueLost.pass());
            }
        } catch (Fault fault) {
            LOG.log(System.Logger.Level.DEBUG, "Lost messages cannot be looked for now.", fault);
        } finally {
            looking.set(false);
        }
    }

    private static void report(String message, long count) {
        if (count > 0) {
            LOG.log(System.Logger.Level.INFO, message, count);
        }
    }
}
