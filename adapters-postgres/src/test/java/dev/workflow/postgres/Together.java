package dev.workflow.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs works at the same time. */
final class Together {
    private Together() {}

    /** What they came to, in their order. */
    static <T> List<T> run(List<Callable<List<T>>> works) throws InterruptedException, ExecutionException {
        List<T> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(works.size())) {
            for (Future<List<T>> each : threads.invokeAll(works)) {
                all.addAll(each.get());
            }
        }
        return all;
    }
}
