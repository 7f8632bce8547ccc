package dev.workflow.application;

import dev.workflow.domain.port.Upkeep;

/** Ends leases and delays that are over; every instance looks, and they share what they find. */
public final class EndLeases {
    static final int BATCH = 1000;

    private final Upkeep upkeep;
    private final RelayOutbox relay;

    public EndLeases(Upkeep upkeep, RelayOutbox relay) {
        this.upkeep = upkeep;
        this.relay = relay;
    }

    /** Ends all that is due. */
    public void pass() {
        int found;
        do {
            found = upkeep.expire(BATCH);
            if (found > 0) {
                relay.wake();
            }
        } while (found == BATCH);
    }
}
