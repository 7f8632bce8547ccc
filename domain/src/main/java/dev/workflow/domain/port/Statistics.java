package dev.workflow.domain.port;

import dev.workflow.domain.Counts;

/** How much there is of what. */
public interface Statistics {
    /** Exact up to 100,000 of a kind; above that as {@link #recount} last found it. */
    Counts counts();

    /** Counts what is too much to be counted for each question, unless another replica just did. */
    void recount();
}
