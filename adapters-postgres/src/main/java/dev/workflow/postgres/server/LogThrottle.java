package dev.workflow.postgres.server;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Says the same no more than once in a while. A database that refuses at once does so thousands of times a second, and a log of
 * all that may fill the rest of a full disk.
 */
public final class LogThrottle {
    static final Duration WHILE = Duration.ofSeconds(10);

    private final Consumer<String> listener;
    private final LongSupplier nanoTime;
    private final Map<String, Said> last = new HashMap<>();

    /**
     * Has said nothing yet.
     *
     * @param nanoTime grows as {@link System#nanoTime} does
     */
    public LogThrottle(Consumer<String> listener, LongSupplier nanoTime) {
        this.listener = listener;
        this.nanoTime = nanoTime;
    }

    /**
     * Says it, or counts it.
     *
     * @param message one of a few
     */
    public synchronized void say(String message) {
        long now = nanoTime.getAsLong();
        Said before = last.get(message);
        if (before != null && now - before.nanos() < WHILE.toNanos()) {
            last.put(message, before.andOneMore());
            return;
        }
        last.put(message, new Said(now, 0));
        listener.accept(before == null || before.unsaid() == 0 ? message : message + before.summary());
    }

    private record Said(long nanos, long unsaid) {
        Said andOneMore() {
            return new Said(nanos, unsaid + 1);
        }

        String summary() {
            return " (and " + unsaid + " times more since this was said last)";
        }
    }
}
