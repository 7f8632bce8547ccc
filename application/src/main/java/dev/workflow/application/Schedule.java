package dev.workflow.application;

import dev.workflow.domain.Fault;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Small things that are done again and again. One that fails is logged and goes on. */
public final class Schedule implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Schedule.class.getName());

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("schedule").factory());

    private final Queue<Future<?>> tasks = new ConcurrentLinkedQueue<>();

    /** Does {@code task}, which must not block, {@code pause} after it was done last. */
    void every(Duration pause, Runnable task) {
        tasks.add(executor.scheduleWithFixedDelay(
                () -> attempt(task), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS));
    }

    /**
     * Does {@code task}, which may block, on a thread of its own, now and every {@code pause}; not while it is still at it. While
     * a port is away it just comes to nothing.
     */
    public void everyInBackground(String name, Duration pause, Runnable task) {
        Supplier<Thread> start = () -> Thread.ofVirtual().name(name).start(() -> attempt(task));
        AtomicReference<Thread> last = new AtomicReference<>(start.get());
        every(pause, () -> {
            if (!last.get().isAlive()) {
                last.set(start.get());
            }
        });
    }

    private static void attempt(Runnable task) {
        try {
            task.run();
        } catch (Fault fault) {
            LOG.log(System.Logger.Level.DEBUG, "A scheduled task can do nothing now.", fault);
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.WARNING, "A scheduled task failed and will be tried again.", e);
        }
    }

    @Override
    public void close() {
        tasks.forEach(task -> task.cancel(false));
        executor.shutdown();
    }
}
