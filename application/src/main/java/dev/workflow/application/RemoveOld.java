package dev.workflow.application;

import dev.workflow.domain.StateName;
import dev.workflow.domain.port.Upkeep;
import java.time.Duration;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Removes what nobody needs any more, in small batches. */
public final class RemoveOld {
    static final int BATCH = 500;
    /** Then requests have the database to themselves for a moment. */
    static final int BATCHES = 10;

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
     * Removes a batch of each kind, and more where there is much: as much becomes old as comes in. A kind that takes too long
     * does not keep the others from their turn.
     */
    public void step() {
        try {
            purge(StateName.CONSUMED, keep.consumed());
        } finally {
            try {
                purge(StateName.DEAD, keep.dead());
            } finally {
                remove(() -> upkeep.forgetKeys(BATCH));
            }
        }
    }

    private void purge(StateName state, @Nullable Duration age) {
        if (age != null) {
            remove(() -> upkeep.purge(state, age, BATCH));
        }
    }

    /** A batch that is half empty was the last one. */
    private static void remove(IntSupplier batch) {
        int batches = 1;
        while (batch.getAsInt() > BATCH / 2 && batches < BATCHES) {
            batches++;
        }
    }
}
