package dev.workflow.bootstrap;

import dev.workflow.application.RequeueLost;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Looks for lost messages; the first time in a queue that forgets everything with its process, for all of them. */
final class LostMessages {
    private static final System.Logger LOG = System.getLogger(LostMessages.class.getName());

    private final RequeueLost requeueLost;
    private final OpenBroker broker;
    /** Until a queue that forgets has been filled: when this instance started. */
    private volatile @Nullable Instant start;

    /** Made before anything is handed in here. */
    LostMessages(RequeueLost requeueLost, OpenBroker broker) {
        this.requeueLost = requeueLost;
        this.broker = broker;
        this.start = broker.forgetful() ? requeueLost.now() : null;
    }

    void look() {
        if (!broker.keeping().getAsBoolean()) {
            LOG.log(System.Logger.Level.WARNING, "The queue of this instance is not its own at the moment.");
        }
        Instant before = start;
        if (before != null) {
            report("Filled the queue with {0} workflows that wait in the storage.", requeueLost.refill(before));
            start = null;
        } else {
            report("Queued {0} workflows again whose messages were gone.", requeueLost.pass());
        }
    }

    private static void report(String message, long count) {
        if (count > 0) {
            LOG.log(System.Logger.Level.INFO, message, count);
        }
    }
}
