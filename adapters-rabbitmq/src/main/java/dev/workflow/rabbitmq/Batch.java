package dev.workflow.rabbitmq;

import dev.workflow.domain.Fault;
import dev.workflow.domain.QueueEntry;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Entries on their way to the broker, and what it has said about each. A message that found no queue is first returned and
 * then confirmed all the same, so a return outweighs its confirm.
 */
final class Batch {
    private final List<QueueEntry> entries;
    private final BitSet answered;
    private final BitSet published;
    private final BitSet returned;
    private final CompletableFuture<BitSet> outcome = new CompletableFuture<>();
    private long firstNumber = Long.MAX_VALUE;

    Batch(List<QueueEntry> entries) {
        this.entries = List.copyOf(entries);
        this.answered = new BitSet(entries.size());
        this.published = new BitSet(entries.size());
        this.returned = new BitSet(entries.size());
    }

    List<QueueEntry> entries() {
        return entries;
    }

    /** The positions of what is safe; a {@link Fault.Unavailable} when nothing is known to be. */
    CompletableFuture<BitSet> outcome() {
        return outcome;
    }

    boolean isDone() {
        return outcome.isDone();
    }

    /** @param number what the channel gives to the first entry; the others follow */
    synchronized void begin(long number) {
        firstNumber = number;
    }

    synchronized void returned(long number) {
        int position = position(number);
        if (position >= 0 && position < entries.size()) {
            returned.set(position);
        }
    }

    /** @param multiple whether the answer is for all messages before {@code number} too */
    void answered(long number, boolean multiple, boolean confirmed) {
        BitSet safe;
        synchronized (this) {
            int end = Math.min(position(number) + 1, entries.size());
            int first = multiple ? answered.nextClearBit(0) : end - 1;
            for (int position = first;
                    position >= 0 && position < end;
                    position = answered.nextClearBit(position + 1)) {
                answered.set(position);
                published.set(position, confirmed && !returned.get(position));
            }
            if (answered.cardinality() < entries.size()) {
                return;
            }
            safe = (BitSet) published.clone();
        }
        outcome.complete(safe);
    }

    /** Nothing more is heard of it. What is known to be safe already need not be published again. */
    void fail(Fault.Unavailable fault) {
        BitSet safe;
        synchronized (this) {
            safe = (BitSet) published.clone();
        }
        if (safe.isEmpty()) {
            outcome.completeExceptionally(fault);
        } else {
            outcome.complete(safe);
        }
    }

    /** Messages of earlier batches come out negative. */
    private int position(long number) {
        return Math.clamp(number - firstNumber, -1, Integer.MAX_VALUE - 1);
    }
}
