package dev.workflow.domain.port;

import dev.workflow.domain.QueueEntry;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;

/** What was made claimable and has not been seen in the queue yet. */
public interface Outbox {
    /**
     * Passes the oldest entries to {@code publish} and removes those that it reports as published. Entries that another
     * replica has in hand at the moment, more than it publishes perhaps, are left to it.
     *
     * @param publish answers with the positions of the entries that are safe in the queue; what it throws is passed on, and
     *     all entries stay
     * @return how many were removed
     */
    int drain(int max, Function<List<QueueEntry>, BitSet> publish);

    /** Whether nothing is on its way to the queue, from any replica. */
    boolean isEmpty();
}
