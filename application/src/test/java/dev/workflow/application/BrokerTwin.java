package dev.workflow.application;

import dev.workflow.domain.Fault;
import dev.workflow.domain.QueueEntry;
import dev.workflow.domain.port.WorkflowQueue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A broker that outlives the instances that use it, and that does what brokers do: redeliver, duplicate, lose, go away. */
final class BrokerTwin implements WorkflowQueue {
    private record Taken(QueueEntry entry, int connection, int number) implements Message {}

    private final ArrayDeque<QueueEntry> ready = new ArrayDeque<>();
    private final Set<Taken> unacknowledged = new LinkedHashSet<>();
    private final List<Runnable> listeners = new ArrayList<>();
    private int connection;
    private int number;
    private boolean away;
    private Runnable beforeDepth = () -> {};

    /** What the end of a connection does: all that it took and did not acknowledge is there again. */
    synchronized BrokerTwin disconnect() {
        connection++;
        List.copyOf(unacknowledged).reversed().forEach(each -> ready.addFirst(each.entry()));
        unacknowledged.clear();
        return this;
    }

    synchronized void purge() {
        ready.clear();
    }

    synchronized void loseFirst() {
        ready.removeFirst();
    }

    synchronized void duplicateAll() {
        ready.addAll(List.copyOf(ready));
    }

    synchronized void goAway(boolean isAway) {
        away = isAway;
    }

    /** Something that happens while it is asked how much it holds. */
    void beforeDepth(Runnable event) {
        beforeDepth = event;
    }

    @Override
    public synchronized CompletionStage<BitSet> publish(List<QueueEntry> entries) {
        CompletionStage<BitSet> published = publishUnheard(entries);
        listeners.forEach(Runnable::run);
        return published;
    }

    /** As another instance does. */
    synchronized CompletionStage<BitSet> publishUnheard(List<QueueEntry> entries) {
        BitSet published = new BitSet();
        published.set(0, entries.size());
        return answer(() -> {
            ready.addAll(entries);
            return published;
        });
    }

    @Override
    public synchronized CompletionStage<List<Message>> take(int max) {
        return answer(() -> {
            List<Message> taken = new ArrayList<>();
            while (taken.size() < max && !ready.isEmpty()) {
                Taken delivery = new Taken(ready.removeFirst(), connection, number++);
                unacknowledged.add(delivery);
                taken.add(delivery);
            }
            return taken;
        });
    }

    @Override
    public synchronized CompletionStage<Void> acknowledge(Collection<Message> messages) {
        return answer(() -> {
            messages.forEach(unacknowledged::remove);
            return null;
        });
    }

    @Override
    public synchronized CompletionStage<Void> giveBack(Collection<Message> messages) {
        return answer(() -> {
            List.copyOf(messages).reversed().stream()
                    .filter(unacknowledged::remove)
                    .forEach(each -> ready.addFirst(each.entry()));
            return null;
        });
    }

    @Override
    public synchronized CompletionStage<Long> depth() {
        beforeDepth.run();
        return answer(() -> (long) ready.size());
    }

    @Override
    public synchronized void onArrival(Runnable listener) {
        listeners.add(listener);
    }

    private <T> CompletionStage<T> answer(java.util.function.Supplier<T> work) {
        return away
                ? CompletableFuture.failedStage(new Fault.Unavailable("The broker is away."))
                : CompletableFuture.completedStage(work.get());
    }
}
