package dev.workflow.bootstrap;

import dev.workflow.application.RequeueLost;

/** Looks for lost messages; the first time in a queue that forgets everything with its process, for all of them. */
final class LostMessages {
    private static final System.Logger LOG = System.getLogger(LostMessages.class.getName());

    private final RequeueLost requeueLost;
    private final OpenBroker broker;
    private volatile boolean refill;

    LostMessages(RequeueLost requeueLost, OpenBroker broker) {
        this.requeueLost = requeueLost;
        this.broker = broker;
        this.refill = broker.forgetful();
    }

    void look() {
        if (!broker.keeping().getAsBoolean()) {
            LOG.log(System.Logger.Level.WARNING, "The queue of this instance is not its own at the moment.");
        }
        if (refill) {
            report("Filled the queue with {0} workflows that wait in the storage.", requeueLost.refill());
            refill = false;
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
