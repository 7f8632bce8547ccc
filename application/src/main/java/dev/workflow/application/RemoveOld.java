package dev.workflow.application;

import dev.workflow.domain.StateName;
import dev.workflow.domain.port.Upkeep;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Removes what nobody needs any more, in small batches. */
public final class RemoveOld {
    static final int BATCH = 500;

    /**
     * How long things are kept.
     *
     * @param consumed null: for ever
     * @param dead null: for ever
     */
    public record Keep(
            @Nullable Duration consumed, @Nullable Duration dead) {}

    private final Upkeep upkeep;
    private final Keep keep;

    public RemoveOld(Upkeep upkeep, Keep keep) {
        this.upkeep = upkeep;
        this.keep = keep;
    }

    /**
     * Removes at most one batch of each kind.
     *
     * @return whether there may be more
     */
    public boolean step() {
        boolean consumed = purge(StateName.CONSUMED, keep.consumed());
        boolean dead = purge(StateName.DEAD, keep.dead());
        boolean keys = upkeep.forgetKeys(BATCH) == BATCH;
        return consumed || dead || keys;
    }

    private boolean purge(StateName state, @Nullable Duration age) {
        return age != null && upkeep.purge(state, age, BATCH) == BATCH;
    }
}
