package dev.workflow.rabbitmq;

import dev.workflow.domain.port.WorkflowQueue.Message;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A wish for messages and what has come of it. Guarded by its session. */
final class Take {
    /** Answers of several channels overtake one another on the way; the order of queueing is the order of the queue. */
    private static final Comparator<Message> QUEUED = Comparator.<Message, java.time.Instant>comparing(
                    message -> message.entry().queuedAt())
            .thenComparing(message -> message.entry().workflowId(), Take::compareUnsigned);

    private final int max;
    private final List<Message> messages = new ArrayList<>();
    private final CompletableFuture<List<Message>> outcome = new CompletableFuture<>();
    private int asked;
    private boolean sawTheEnd;

    Take(int max) {
        this.max = max;
    }

    CompletableFuture<List<Message>> outcome() {
        return outcome;
    }

    boolean wantsMore() {
        return !sawTheEnd && messages.size() + asked < max;
    }

    boolean isDone() {
        return asked == 0 && !wantsMore();
    }

    void asked() {
        asked++;
    }

    void got(Message message) {
        asked--;
        messages.add(message);
    }

    /** The queue was empty at that moment. */
    void gotNothing() {
        asked--;
        sawTheEnd = true;
    }

    /** A message that was not one of ours came and went. */
    void gotForeign() {
        asked--;
    }

    void complete() {
        messages.sort(QUEUED);
        outcome.complete(messages);
    }

    private static int compareUnsigned(java.util.UUID one, java.util.UUID other) {
        int high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
    }
}
