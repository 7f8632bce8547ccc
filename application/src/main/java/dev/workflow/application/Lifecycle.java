package dev.workflow.application;

/** Where this instance is between its start and its end. */
public final class Lifecycle {
    /** The phases, in order. */
    public enum Phase {
        STARTING,
        SERVING,
        DRAINING
    }

    private volatile Phase phase = Phase.STARTING;

    Phase phase() {
        return phase;
    }

    public boolean isDraining() {
        return phase == Phase.DRAINING;
    }

    public void serve() {
        phase = Phase.SERVING;
    }

    public void drain() {
        phase = Phase.DRAINING;
    }
}
