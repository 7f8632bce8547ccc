package dev.workflow.application;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Threads that begin at the same moment. */
final class Together {
    static final int THREADS = 8;

    private Together() {}

    /** Each is told its number. */
    static void run(IntConsumer work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        try (ExecutorService pool = Executors.newFixedThreadPool(THREADS)) {
            List<Callable<Void>> tasks = IntStream.range(0, THREADS)
                    .<Callable<Void>>mapToObj(thread -> () -> {
                        start.await();
                        work.accept(thread);
                        return null;
                    })
                    .toList();
            for (Future<Void> each : pool.invokeAll(tasks)) {
                each.get();
            }
        }
    }
}
