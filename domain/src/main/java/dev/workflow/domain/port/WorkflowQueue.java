package dev.workflow.domain.port;

import dev.workflow.domain.QueueEntry;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Where consumers' next workflows come from, first in, first out as far as the broker keeps it. It may lose messages and
 * deliver them more than once; it never makes one up. Every stage completes within the adapter's deadline, exceptionally with
 * {@link dev.workflow.domain.Fault.Unavailable} when the broker is away, full or blocked.
 */
public interface WorkflowQueue {
    /** Answers with the positions of the entries that are safe in the queue. */
    CompletionStage<BitSet> publish(List<QueueEntry> entries);

    /** Answers with what is there now, at most {@code max}; empty when the queue is. */
    CompletionStage<List<Message>> take(int max);

    /** Removes messages for good. A failure only means that they may come again. */
    CompletionStage<Void> acknowledge(Collection<Message> messages);

    /** Gives messages back to the queue, as near to its front as the broker can. */
    CompletionStage<Void> giveBack(Collection<Message> messages);

    /** How many messages nobody has taken. */
    CompletionStage<Long> depth();

    /** Calls {@code listener}, soon and on any thread, when something that {@link #take} may find has arrived. */
    void onArrival(Runnable listener);

    /** A message that was taken and is neither acknowledged nor given back yet. */
    interface Message {
        QueueEntry entry();
    }
}
