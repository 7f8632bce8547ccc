package dev.workflow.application;

import dev.workflow.domain.StateName;
import dev.workflow.domain.port.Upkeep;
import java.time.Duration;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Removes what nobody needs any more, in small batches. */
public final class RemoveOld {
    static final int BATCH = 500;
    /** Then requests have the database to themselves for a moment. */
    static final int BATCHES = 10;

    /** What was handed over a moment ago may be given back yet, since nobody took it. */
    static final Duration LEAST = Duration.ofSeconds(1);

    /**
     * How long things are kept, a second at least.
     *
     * @param consumed null: for ever
     * @param dead null: for ever
     */
    public record Keep(
            @Nullable Duration consumed, @Nullable Duration dead) {}

    /** Of one kind, in batches that are smaller after one that failed: what it was about may have taken too long. */
    private static final class Removal {
        private final IntUnaryOperator upTo;
        private int batch = BATCH;

        /** Takes how many are to be removed at most, and tells how many were. */
        Removal(IntUnaryOperator upTo) {
            this.upTo = upTo;
        }

        /** A batch that is half empty was the last one. */
        void run() {
            int max = batch;
            batch = Math.max(1, max / 2);
            int batches = 1;
            while (upTo.applyAsInt(max) > max / 2 && batches < BATCHES) {
                batches++;
            }
            batch = Math.min(BATCH, max + max / 4 + 1);
        }
    }

    private final Removal consumed;
    private final Removal dead;
    private final Removal keys;

    public RemoveOld(Upkeep upkeep, Keep keep) {
        this.consumed = ofWorkflows(upkeep, StateName.CONSUMED, keep.consumed());
        this.dead = ofWorkflows(upkeep, StateName.DEAD, keep.dead());
        this.keys = new Removal(upkeep::forgetKeys);
    }

    private static Removal ofWorkflows(Upkeep upkeep, StateName state, @Nullable Duration age) {
        if (age == null) {
            return new Removal(max -> 0);
        }
        Duration atLeast = age.compareTo(LEAST) < 0 ? LEAST : age;
        return new Removal(max -> upkeep.purge(state, atLeast, max));
    }

    /**
     * Removes a batch of each kind, and more where there is much: as much becomes old as comes in. A kind that takes too long
     * does not keep the others from their turn.
     */
    public void step() {
        try {
            consumed.run();
        } finally {
            try {
                dead.run();
            } finally {
                keys.run();
            }
        }
    }
}
