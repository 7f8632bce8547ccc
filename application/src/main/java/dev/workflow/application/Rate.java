package dev.workflow.application;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** How many things happened in each of the last seconds, and ever. */
final class Rate {
    private static final int SECONDS = 60;

    private final LongSupplier nanoTime;
    private final long startNanos;
    /** One for the second that runs. */
    private final long[] counts = new long[SECONDS + 1];

    private long newest;
    private long total;

    Rate(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.startNanos = nanoTime.getAsLong();
    }

    synchronized void add(long count) {
        advance();
        counts[(int) (newest % counts.length)] += count;
        total += count;
    }

    /** All since the start. */
    synchronized long total() {
        return total;
    }

    /** The mean over the last full minute, or over the time since the start when that is less. */
    synchronized double perSecond() {
        advance();
        long lately = 0;
        for (long count : counts) {
            lately += count;
        }
        lately -= newest >= SECONDS ? counts[(int) (newest % counts.length)] : 0;
        return (double) lately / Math.clamp(newest, 1, SECONDS);
    }

    private void advance() {
        long now = TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong() - startNanos);
        for (long second = Math.max(newest + 1, now - SECONDS); second <= now; second++) {
            counts[(int) (second % counts.length)] = 0;
        }
        newest = Math.max(newest, now);
    }
}
