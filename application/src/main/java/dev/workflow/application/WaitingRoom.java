package dev.workflow.application;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Consumers for whom there is nothing yet, in the order in which they came. They hold no thread and no connection to anything.
 */
final class WaitingRoom {
    private final NavigableSet<ConsumeRequest> waiting = new TreeSet<>(ConsumeRequest.BY_PLACE);
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

    /** Calls the first ones out. */
    synchronized List<ConsumeRequest> call(int max) {
        List<ConsumeRequest> called = new ArrayList<>();
        while (called.size() < max && !waiting.isEmpty()) {
            ConsumeRequest next = waiting.pollFirst();
            if (next != null && !next.isOver()) {
                called.add(next);
            }
        }
        return called;
    }

    /** Calls out those whose patience is at its end, and forgets those who have left. */
    synchronized List<ConsumeRequest> callImpatient() {
        List<ConsumeRequest> called = new ArrayList<>();
        Iterator<ConsumeRequest> all = waiting.iterator();
        while (all.hasNext()) {
            ConsumeRequest each = all.next();
            if (each.isOver()) {
                all.remove();
            } else if (!each.waits()) {
                all.remove();
                called.add(each);
            }
        }
        return called;
    }

    /** Puts one who waits in the place of another; false when that one does not wait here. */
    synchronized boolean replace(ConsumeRequest first, ConsumeRequest second) {
        if (!waiting.remove(first)) {
            return false;
        }
        second.takePlaceOf(first);
        return waiting.add(second);
    }

    synchronized int size() {
        return waiting.size();
    }

    /** From now on nobody waits. */
    synchronized List<ConsumeRequest> close() {
        closed = true;
        return call(Integer.MAX_VALUE);
    }
}
