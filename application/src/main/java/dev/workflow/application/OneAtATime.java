package dev.workflow.application;

import dev.workflow.domain.Keyed;
import dev.workflow.domain.RequestKey;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lets requests with the same key wait for one another, so that the second gets the answer of the first. */
final class OneAtATime {
    /** How long a request stands behind another with the same key. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Map<RequestKey.Name, CompletableFuture<?>> last = new ConcurrentHashMap<>();
    private final Predicate<RequestKey> isHeld;
    private final Duration patience;

    /** @param isHeld whether a request of another kind has a key, for longer than others would wait for it */
    OneAtATime(Predicate<RequestKey> isHeld) {
        this(isHeld, PATIENCE);
    }

    OneAtATime(Predicate<RequestKey> isHeld, Duration patience) {
        this.isHeld = isHeld;
        this.patience = patience;
    }

    /** @param work begins at once for a request without a key, or with a key that nobody else has at the moment */
    <O> CompletionStage<Keyed<O>> run(@Nullable RequestKey key, Supplier<CompletionStage<Keyed<O>>> work) {
        return key == null
                ? work.get()
                : runInTurn(
                        key,
                        () -> isHeld.test(key) ? CompletableFuture.completedStage(new Keyed.Reused<>()) : work.get());
    }

    /** The same for work that blocks. */
    <O> Keyed<O> runNow(@Nullable RequestKey key, Supplier<Keyed<O>> work) {
        return Stages.await(run(key, () -> CompletableFuture.completedStage(work.get())));
    }

    private <O> CompletionStage<Keyed<O>> runInTurn(RequestKey key, Supplier<CompletionStage<Keyed<O>>> work) {
        CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
        CompletableFuture<?> before = last.put(key.name(), end);
        CompletionStage<Keyed<O>> outcome = before == null ? begin(work) : after(before, work);
        var _ = CompletableFuture.allOf(before == null ? end(outcome) : before, end(outcome))
                .whenComplete((done, failure) -> {
                    if (!last.remove(key.name(), end)) {
                        makeRoom(end);
                    }
                });
        return outcome;
    }

    /** On a thread of its own: the first is not to wait for what those behind it do, nor has its stack room for many of them. */
    private static void makeRoom(CompletableFuture<@Nullable Void> end) {
        Thread.ofVirtual().name("next-in-turn").start(() -> end.complete(null));
    }

    /** What fails before it is under way has ended too: its key must not stay taken. */
    private static <O> CompletionStage<Keyed<O>> begin(Supplier<CompletionStage<Keyed<O>>> work) {
        try {
            return work.get();
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private static <O> CompletableFuture<?> end(CompletionStage<Keyed<O>> outcome) {
        return outcome.handle((done, failure) -> null).toCompletableFuture();
    }

    private <O> CompletionStage<Keyed<O>> after(CompletableFuture<?> before, Supplier<CompletionStage<Keyed<O>>> work) {
        return before.copy()
                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .handle((done, late) -> late == null
                        ? work.get()
                        : CompletableFuture.<Keyed<O>>completedStage(new Keyed.InProgress<>()))
                .thenCompose(Function.identity());
    }
}
