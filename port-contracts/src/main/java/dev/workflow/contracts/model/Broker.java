package dev.workflow.contracts.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** A queue of messages that name workflows. It may lose them and deliver them twice. */
final class Broker {
    private final ArrayDeque<UUID> ready = new ArrayDeque<>();

    void publish(Collection<UUID> messages) {
        ready.addAll(messages);
    }

    List<UUID> take(int max) {
        List<UUID> taken = new ArrayList<>();
        while (taken.size() < max && !ready.isEmpty()) {
            taken.add(ready.removeFirst());
        }
        return taken;
    }

    void giveBack(List<UUID> messages) {
        messages.reversed().forEach(ready::addFirst);
    }

    /** Brings a message to the front, as a redelivery may. */
    void redeliver(UUID message) {
        ready.removeFirstOccurrence(message);
        ready.addFirst(message);
    }

    boolean isNotEmpty() {
        return !ready.isEmpty();
    }

    void lose(int count) {
        take(count);
    }

    void duplicate(int count) {
        List<UUID> some = ready.stream().limit(count).toList();
        ready.addAll(some);
    }
}
