package dev.workflow.domain.port;

import dev.workflow.domain.Counts;

/** How much there is of what. */
public interface Statistics {
    /** Exact up to 100,000 of a kind; above that as {@link #recount} last found it. */
    Counts counts();

    /** Whether a workflow waits to be handed over, in the queue or on its way, or in the hand of whoever is about to get it. */
    boolean anyWaiting();

    /** Counts what is too much to be counted for each question, unless another replica just did. */
    void recount();
}
