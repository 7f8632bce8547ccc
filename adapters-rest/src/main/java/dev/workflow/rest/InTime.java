package dev.workflow.rest;

import dev.workflow.domain.Fault;
import io.micronaut.http.HttpRequest;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Work whose answer must begin in time. What blocks runs on threads of its own, since a thread that serves connections must
 * never wait. Whatever the work, its answer is made where it is written.
 */
@Singleton
public final class InTime {
    private final Duration limit;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("request-", 0).factory());

    InTime(Deadlines deadlines) {
        this.limit = deadlines.answer();
    }

    /** Work that changes nothing: too late, it counts as not done. */
    public <T> CompletableFuture<T> read(HttpRequest<?> request, Supplier<T> work) {
        return limited(request, CompletableFuture.supplyAsync(work, threads), limit, Fault.Unavailable::new);
    }

    /** Work that changes something: too late, nobody knows. */
    public <T> CompletableFuture<T> change(HttpRequest<?> request, Supplier<T> work) {
        return change(request, CompletableFuture.supplyAsync(work, threads));
    }

    /** The same for work that does not block. */
    public <T> CompletableFuture<T> change(HttpRequest<?> request, CompletionStage<T> work) {
        return changeAfter(Duration.ZERO, request, work);
    }

    /** The same for work that the client asked to begin up to {@code wait} later. */
    public <T> CompletableFuture<T> changeAfter(Duration wait, HttpRequest<?> request, CompletionStage<T> work) {
        return limited(request, work, limit.plus(wait), message -> new Fault.OutcomeUnknown(message, null));
    }

    /** The clock of the thread that writes the answer costs no thread a wake-up, as another would for each request. */
    private <T> CompletableFuture<T> limited(
            HttpRequest<?> request, CompletionStage<T> work, Duration longest, Function<String, Fault> tooLate) {
        EventLoop eventLoop = Requests.eventLoop(request);
        CompletableFuture<T> answer = new CompletableFuture<>();
        Future<?> timer = eventLoop.schedule(
                () -> answer.completeExceptionally(tooLate.apply("There was no answer in time.")),
                longest.toNanos(),
                TimeUnit.NANOSECONDS);
        work.whenCompleteAsync(
                (result, failure) -> {
                    timer.cancel(false);
                    if (failure == null) {
                        answer.complete(result);
                    } else {
                        answer.completeExceptionally(failure);
                    }
                },
                eventLoop);
        return answer;
    }

    /** Where work may block. */
    public ExecutorService threads() {
        return threads;
    }

    @PreDestroy
    void close() {
        threads.shutdown();
    }
}
