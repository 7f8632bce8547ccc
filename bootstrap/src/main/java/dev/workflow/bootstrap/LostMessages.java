package dev.workflow.bootstrap;

import dev.workflow.application.RequeueLost;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Looks for lost messages; the first time in a queue that forgets everything with its process, for all of them. */
final class LostMessages {
    private static final System.Logger LOG = System.getLogger(LostMessages.class.getName());

    private final RequeueLost requeueLost;
    /** Until a queue that forgets has been filled: when this instance started. */
    private volatile @Nullable Instant start;

    /**
     * Made before anything is handed in here.
     *
     * @param forgetful whether the queue starts empty
     */
    LostMessages(RequeueLost requeueLost, boolean forgetful) {
        this.requeueLost = requeueLost;
        this.start = forgetful ? requeueLost.now() : null;
    }

    void look() {
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
