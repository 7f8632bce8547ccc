package dev.workflow.domain.port;

import java.time.Instant;

/** What keeps the store true over time. */
public interface Upkeep {
    /** Now by the database's clock. */
    Instant now();

    /**
     * The time before which nothing waits in the outbox: {@link #now}, or when the oldest entry of the outbox was queued.
     */
    Instant publishedBefore();

    /**
     * Puts claimable workflows that were queued before {@code queuedBefore} into the outbox again, oldest first, as queued
     * now.
     *
     * @return how many, at most {@code max}
     */
    int requeue(Instant queuedBefore, int max);
}
