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

    /** Removes at most one batch of each kind. */
    public void step() {
        purge(StateName.CONSUMED, keep.consumed());
        purge(StateName.DEAD, keep.dead());
        upkeep.forgetKeys(BATCH);
    }

    private void purge(StateName state, @Nullable Duration age) {
        if (age != null) {
            upkeep.purge(state, age, BATCH);
        }
    }
}
