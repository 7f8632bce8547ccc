package dev.workflow.rest.wire;

import dev.workflow.rest.metrics.RequestMethod;
import dev.workflow.rest.metrics.Route;
import java.util.Arrays;

/**
 * When the requests of one connection began whose answers are not written out yet, in their order. It is a ring that grows with
 * what a client leaves unread, so that no request costs an object.
 */
final class RequestTimes {
    /** Where it goes. */
    interface Durations {
        void record(Route route, RequestMethod method, int status, long nanos);
    }

    private static final int USUAL = 2;

    private final Durations durations;
    private Route[] routes = new Route[USUAL];
    private RequestMethod[] methods = new RequestMethod[USUAL];
    private int[] statuses = new int[USUAL];
    private long[] begun = new long[USUAL];
    /** How many requests came, how many of them were answered, and how many of those answers are written out, ever. */
    private long entered;

    private long answered;
    private long written;

    RequestTimes(Durations durations) {
        this.durations = durations;
    }

    /** The head of a request is there. */
    void enter(Route route, RequestMethod method) {
        if (entered - written == begun.length) {
            grow();
        }
        int place = place(entered);
        routes[place] = route;
        methods[place] = method;
        begun[place] = System.nanoTime();
        entered++;
    }

    private int place(long number) {
        return (int) (number & (begun.length - 1));
    }

    /** Both halves get what the ring held: whichever half a number falls into, what it stands for is there. */
    private void grow() {
        int size = begun.length;
        routes = Arrays.copyOf(routes, 2 * size);
        methods = Arrays.copyOf(methods, 2 * size);
        statuses = Arrays.copyOf(statuses, 2 * size);
        begun = Arrays.copyOf(begun, 2 * size);
        System.arraycopy(routes, 0, routes, size, size);
        System.arraycopy(methods, 0, methods, size, size);
        System.arraycopy(statuses, 0, statuses, size, size);
        System.arraycopy(begun, 0, begun, size, size);
    }

    /** The next answer begins. One to a request whose head never came has no time, and is not counted. */
    void head(int status) {
        if (answered < entered) {
            statuses[place(answered)] = status;
        }
    }

    /** The answer that began is handed over as a whole, or will never be whole. */
    void end() {
        if (answered < entered) {
            answered++;
        }
    }

    long answered() {
        return answered;
    }

    boolean isWritten(long number) {
        return written >= number;
    }

    /** The answers up to this one are out. */
    void writtenOut(long number) {
        if (isWritten(number)) {
            return;
        }
        long now = System.nanoTime();
        for (; written < number; written++) {
            int place = place(written);
            durations.record(routes[place], methods[place], statuses[place], now - begun[place]);
        }
    }
}
