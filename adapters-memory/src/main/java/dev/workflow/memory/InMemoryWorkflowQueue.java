package dev.workflow.memory;

import dev.workflow.domain.Health;
import dev.workflow.domain.QueueEntry;
import dev.workflow.domain.port.Dependency;
import dev.workflow.domain.port.WorkflowQueue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A queue for one instance that forgets everything when it ends; the database knows what to put in again. Holds entries only,
 * no payload. Every stage it answers with is complete already.
 */
public final class InMemoryWorkflowQueue implements WorkflowQueue, Dependency {
    /** Guarded by itself, like {@link Taken#settled} and {@link #taken}. */
    private final ArrayDeque<QueueEntry> waiting = new ArrayDeque<>();

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final int capacity;
    private int taken;

    /**
     * An empty queue.
     *
     * @param capacity how many entries may be here, taken ones included; what comes on top stays in the outbox
     */
    public InMemoryWorkflowQueue(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("The in-memory queue needs room for one entry at least.");
        }
        this.capacity = capacity;
    }

    private static final class Taken implements Message {
        private final QueueEntry entry;
        private boolean settled;

        Taken(QueueEntry entry) {
            this.entry = entry;
        }

        @Override
        public QueueEntry entry() {
            return entry;
        }
    }

    @Override
    public CompletionStage<BitSet> publish(List<QueueEntry> entries) {
        BitSet published = new BitSet(entries.size());
        synchronized (waiting) {
            int fits = Math.min(entries.size(), capacity - waiting.size() - taken);
            waiting.addAll(entries.subList(0, fits));
            published.set(0, fits);
        }
        if (!published.isEmpty()) {
            tellArrival();
        }
        return CompletableFuture.completedStage(published);
    }

    @Override
    public CompletionStage<List<Message>> take(int max) {
        List<Message> messages = new ArrayList<>();
        synchronized (waiting) {
            while (messages.size() < max && !waiting.isEmpty()) {
                messages.add(new Taken(waiting.removeFirst()));
            }
            taken += messages.size();
        }
        return CompletableFuture.completedStage(messages);
    }

    @Override
    public CompletionStage<Void> acknowledge(Collection<Message> messages) {
        synchronized (waiting) {
            settle(messages);
        }
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Void> giveBack(Collection<Message> messages) {
        List<QueueEntry> back;
        synchronized (waiting) {
            back = settle(messages);
            back.reversed().forEach(waiting::addFirst);
        }
        if (!back.isEmpty()) {
            tellArrival();
        }
        return CompletableFuture.completedStage(null);
    }

    /** Messages that were settled before stay as they are: acknowledged means gone for good. */
    private List<QueueEntry> settle(Collection<Message> messages) {
        List<QueueEntry> settled = new ArrayList<>(messages.size());
        for (Message message : messages) {
            Taken mine = (Taken) message;
            if (!mine.settled) {
                mine.settled = true;
                settled.add(mine.entry);
            }
        }
        taken -= settled.size();
        return settled;
    }

    @Override
    public CompletionStage<Long> depth() {
        return CompletableFuture.completedStage((long) size());
    }

    private int size() {
        synchronized (waiting) {
            return waiting.size();
        }
    }

    @Override
    public void onArrival(Runnable listener) {
        listeners.add(listener);
    }

    private void tellArrival() {
        listeners.forEach(Runnable::run);
    }

    @Override
    public String name() {
        return "queue";
    }

    @Override
    public Health check() {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("kind", "in memory");
        details.put("waiting", Integer.toString(size()));
        details.put("capacity", Integer.toString(capacity));
        return new Health.Up(details);
    }
}
