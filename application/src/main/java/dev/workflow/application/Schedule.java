package dev.workflow.application;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Small things that are done again and again. One that fails is logged and goes on. */
public final class Schedule implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Schedule.class.getName());

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("schedule").factory());

    private final Queue<Future<?>> tasks = new ConcurrentLinkedQueue<>();

    /** Does {@code task}, which must not block, {@code pause} after it was done last. */
    public void every(Duration pause, Runnable task) {
        tasks.add(executor.scheduleWithFixedDelay(
                () -> attempt(task), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS));
    }

    private static void attempt(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "A scheduled task failed and will be tried again.", e);
        }
    }

    @Override
    public void close() {
        tasks.forEach(task -> task.cancel(false));
        executor.shutdown();
    }
}
