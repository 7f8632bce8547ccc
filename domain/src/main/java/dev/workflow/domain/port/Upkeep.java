package dev.workflow.domain.port;

import dev.workflow.domain.StateName;
import java.time.Duration;
import java.time.Instant;

/** What keeps the store true over time. */
public interface Upkeep {
    /**
     * Now by the database's clock; where that was set back, a moment after the last at which anything that waits was queued.
     */
    Instant now();

    /**
     * The time before which nothing waits in the outbox: {@link #now}, or when the oldest entry of the outbox was queued.
     */
    Instant publishedBefore();

    /**
     * Puts claimable workflows that were queued before {@code queuedBefore} into the outbox again, oldest first, as queued now,
     * and not before that.
     *
     * @return how many, at most {@code max}
     */
    int requeue(Instant queuedBefore, int max);

    /**
     * Ends what is due: workflows whose delay is over go into the outbox; those whose lease is over have one attempt more, and
     * go into the outbox or are dead.
     *
     * @return how many, at most {@code max}
     */
    int expire(int max);

    /**
     * Removes workflows for good that have been consumed, or dead, for longer than {@code age}, with the deliveries that have
     * no workflow left.
     *
     * @param state {@link StateName#CONSUMED} or {@link StateName#DEAD}
     * @return how many workflows, at most {@code max}
     */
    int purge(StateName state, Duration age, int max);

    /**
     * Removes keys that are not known any more.
     *
     * @return how many, at most {@code max}
     */
    int forgetKeys(int max);
}
