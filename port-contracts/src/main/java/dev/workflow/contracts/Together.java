package dev.workflow.contracts;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Works that begin at the same moment, each on a thread of its own. */
public final class Together {
    public static final int THREADS = 8;

    private Together() {}

    /** What they came to, in their order. */
    public static <T> List<T> run(List<? extends Callable<List<T>>> works)
            throws InterruptedException, ExecutionException {
        CyclicBarrier start = new CyclicBarrier(works.size());
        List<T> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(works.size())) {
            List<Callable<List<T>>> begun = works.stream()
                    .<Callable<List<T>>>map(work -> () -> {
                        start.await();
                        return work.call();
                    })
                    .toList();
            for (Future<List<T>> each : threads.invokeAll(begun)) {
                all.addAll(each.get());
            }
        }
        return all;
    }

    /** The same work on {@link #THREADS} threads, each of which is told its number. */
    public static void run(IntConsumer work) throws InterruptedException, ExecutionException {
        run(IntStream.range(0, THREADS)
                .<Callable<List<Object>>>mapToObj(thread -> () -> {
                    work.accept(thread);
                    return List.of();
                })
                .toList());
    }
}
