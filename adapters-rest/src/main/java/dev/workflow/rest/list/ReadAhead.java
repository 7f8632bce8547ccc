package dev.workflow.rest.list;

import dev.workflow.domain.Workflow;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Reads the next page of a list while one is written. A page comes in some fifty pieces, and a virtual thread that waits for
 * each of them with a deadline costs more than the page; so these are threads of the system. They wait for the database only,
 * never for a client, so that a few are enough; lists that find none free wait in line.
 */
@Singleton
final class ReadAhead {
    private static final int THREADS = 4;

    private final ExecutorService threads = Executors.newFixedThreadPool(
            THREADS, Thread.ofPlatform().daemon().name("list-", 0).factory());

    CompletableFuture<List<Workflow>> next(WorkflowPages pages) {
        return CompletableFuture.supplyAsync(() -> pages.next(Integer.MAX_VALUE), threads);
    }

    @PreDestroy
    void close() {
        threads.shutdown();
    }
}
