package dev.workflow.application;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Consumers for whom there is nothing yet, in the order in which they came. They hold no thread and no connection to anything.
 * Who is called out has to be back, or answered, before others are called: so nobody overtakes those who came first.
 *
 * <p>Nobody is answered here. Those who have left are called out too, beside the others, and answered where they are served.
 */
final class WaitingRoom {
    private final NavigableSet<ConsumeRequest> waiting = new TreeSet<>(ConsumeRequest.BY_PLACE);
    private final Set<ConsumeRequest> out = new HashSet<>();
    private int wanted;
    private long arrivals;
    private boolean closed;

    /** Stands for all that had arrived by now. */
    synchronized long arrivals() {
        return arrivals;
    }

    synchronized void arrived() {
        arrivals++;
    }

    /**
     * Lets consumers wait.
     *
     * @param seen what had arrived when the queue was asked for them
     * @return false when something has arrived since, or nobody may wait any more
     */
    synchronized boolean enter(List<ConsumeRequest> requests, long seen) {
        if (closed || arrivals != seen) {
            return false;
        }
        waiting.addAll(requests);
        return true;
    }

    /** Lets a newcomer stand behind those who wait; false when nobody does. */
    synchronized boolean queueUp(ConsumeRequest newcomer) {
        return !closed && !waiting.isEmpty() && waiting.add(newcomer);
    }

    /** Calls the first ones out, now or as soon as those who are out are back. */
    synchronized List<ConsumeRequest> call(int max) {
        out.removeIf(ConsumeRequest::hasLeft);
        if (!out.isEmpty()) {
            wanted = Math.max(wanted, max);
            return List.of();
        }
        List<ConsumeRequest> called = first(Math.max(wanted, max));
        wanted = 0;
        out.addAll(called);
        return called;
    }

    /** Tells who is answered or has come back, and calls those out who were to wait for that. */
    synchronized List<ConsumeRequest> back(List<ConsumeRequest> requests) {
        if (out.isEmpty()) {
            return List.of();
        }
        boolean expected = out.removeAll(Set.copyOf(requests));
        return expected && wanted > 0 ? call(wanted) : List.of();
    }

    private List<ConsumeRequest> first(int max) {
        List<ConsumeRequest> first = new ArrayList<>();
        int present = 0;
        while (present < max && !waiting.isEmpty()) {
            ConsumeRequest next = waiting.removeFirst();
            first.add(next);
            present += next.hasLeft() ? 0 : 1;
        }
        return first;
    }

    /** Calls out those whose patience is at its end, and those who have left. */
    synchronized List<ConsumeRequest> callImpatient() {
        List<ConsumeRequest> called = new ArrayList<>();
        Iterator<ConsumeRequest> all = waiting.iterator();
        while (all.hasNext()) {
            ConsumeRequest each = all.next();
            if (each.hasLeft() || !each.waits()) {
                all.remove();
                called.add(each);
            }
        }
        return called;
    }

    /** Puts one who waits in the place of another; false when that one does not wait here, or not any longer. */
    synchronized boolean replace(ConsumeRequest first, ConsumeRequest second) {
        if (!first.waits() || !waiting.remove(first)) {
            return false;
        }
        second.takePlaceOf(first);
        return waiting.add(second);
    }

    synchronized int size() {
        return waiting.size();
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** From now on nobody waits. */
    synchronized List<ConsumeRequest> close() {
        closed = true;
        return first(Integer.MAX_VALUE);
    }
}
