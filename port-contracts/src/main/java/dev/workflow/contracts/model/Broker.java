package dev.workflow.contracts.model;

import dev.workflow.domain.QueueEntry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** A queue of messages that name workflows. It may lose them and deliver them twice. */
final class Broker {
    /** @param statement by which its workflow became claimable */
    record Message(QueueEntry entry, long statement) {
        UUID workflowId() {
            return entry.workflowId();
        }

        Message older(Duration by) {
            return new Message(
                    new QueueEntry(entry.workflowId(), entry.queuedAt().minus(by)), statement);
        }
    }

    private final ArrayDeque<Message> ready = new ArrayDeque<>();

    void publish(Collection<Message> messages) {
        ready.addAll(messages);
    }

    List<Message> take(int max) {
        List<Message> taken = new ArrayList<>();
        while (taken.size() < max && !ready.isEmpty()) {
            taken.add(ready.removeFirst());
        }
        return taken;
    }

    void giveBack(List<Message> messages) {
        messages.reversed().forEach(ready::addFirst);
    }

    /** Brings the newest message of a workflow to the front, as a redelivery may. */
    void redeliver(UUID workflowId) {
        ready.stream()
                .filter(each -> each.workflowId().equals(workflowId))
                .max(Comparator.comparingLong(Message::statement))
                .ifPresent(newest -> {
                    ready.removeFirstOccurrence(newest);
                    ready.addFirst(newest);
                });
    }

    boolean isNotEmpty() {
        return !ready.isEmpty();
    }

    void lose(int count) {
        take(count);
    }

    void duplicate(int count) {
        List<Message> some = ready.stream().limit(count).toList();
        ready.addAll(some);
    }

    /** Moves the times of all messages back. */
    void age(Duration by) {
        List<Message> all = take(Integer.MAX_VALUE);
        all.forEach(each -> ready.add(each.older(by)));
    }
}
