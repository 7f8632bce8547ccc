package dev.workflow.csv;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Runs the garbage collector, but for a third of the time at most. */
final class SparingCollector implements Runnable {
    private static final long LEAST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Runnable collector;
    private final LongSupplier nanoTime;
    private long ended;
    private long pause;

    SparingCollector(Runnable collector, LongSupplier nanoTime) {
        this.collector = collector;
        this.nanoTime = nanoTime;
    }

    @Override
    public synchronized void run() {
        long begun = nanoTime.getAsLong();
        if (pause > 0 && begun - ended < pause) {
            return;
        }
        collector.run();
        ended = nanoTime.getAsLong();
        pause = Math.max(2 * (ended - begun), LEAST_PAUSE_NANOS);
    }
}
