package dev.workflow.bootstrap;

/** How often something failed that is tried again each second. Told of each time, it would fill a disk in a night. */
final class FailedTries {
    private static final int BETWEEN_LINES = 60;

    private int count;

    /** Counts one. Whether it is to be told: the first may be a matter of a moment, the second is, and then one a minute. */
    boolean worthTelling() {
        return count++ % BETWEEN_LINES == 1;
    }

    void succeeded() {
        count = 0;
    }
}
