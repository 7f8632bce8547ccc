package dev.workflow.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workflow.contracts.Eventually;
import dev.workflow.domain.Fault;
import dev.workflow.domain.Keyed;
import dev.workflow.domain.RequestKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OneAtATimeTest {
    private final OneAtATime oneAtATime = new OneAtATime(key -> false, Duration.ofMinutes(1));
    private final CompletableFuture<Keyed<String>> first = new CompletableFuture<>();
    private final AtomicInteger begun = new AtomicInteger();

    private static RequestKey key(String key) {
        return new RequestKey("", key, "");
    }

    private CompletionStage<Keyed<String>> done(String answer) {
        begun.incrementAndGet();
        return CompletableFuture.completedStage(new Keyed.Fresh<>(answer));
    }

    private CompletableFuture<Keyed<String>> run(@Nullable RequestKey key, String answer) {
        return oneAtATime.run(key, () -> done(answer)).toCompletableFuture();
    }

    private static void assertAnswer(CompletableFuture<Keyed<String>> stage, String answer) {
        assertThat(stage.join()).isEqualTo(new Keyed.Fresh<>(answer));
    }

    @Test
    void theSecondBeginsWhenTheFirstHasEnded() {
        oneAtATime.run(key("a"), () -> first);
        CompletableFuture<Keyed<String>> second = run(key("a"), "second");
        CompletableFuture<Keyed<String>> third = run(key("a"), "third");
        assertThat(begun).hasValue(0);
        first.complete(new Keyed.Fresh<>("first"));
        assertAnswer(second, "second");
        assertAnswer(third, "third");
        assertThat(begun).hasValue(2);
    }

    @Test
    void othersDoNotWait() {
        oneAtATime.run(key("a"), () -> first);
        assertAnswer(run(key("b"), "another key"), "another key");
        assertAnswer(run(new RequestKey("bob", "a", ""), "another owner"), "another owner");
        assertAnswer(run(null, "no key"), "no key");
    }

    @Test
    void theSecondLosesItsPatience() {
        OneAtATime impatient = new OneAtATime(key -> false, Duration.ofMillis(1));
        impatient.run(key("a"), () -> first);
        assertThat(impatient
                        .run(key("a"), () -> done("second"))
                        .toCompletableFuture()
                        .join())
                .isEqualTo(new Keyed.InProgress<>());
        assertThat(begun).hasValue(0);
        first.complete(new Keyed.Fresh<>("first"));
        Eventually.holds(
                "the key is free again",
                () -> impatient
                        .run(key("a"), () -> done("third"))
                        .toCompletableFuture()
                        .join()
                        .equals(new Keyed.Fresh<>("third")));
    }

    @Test
    void aKeyThatIsHeldElsewhereIsNotFree() {
        RequestKey held = key("a");
        OneAtATime waiting = new OneAtATime(held::equals);
        assertThat(waiting.run(held, () -> done("second")).toCompletableFuture())
                .isCompletedWithValue(new Keyed.Reused<>());
        assertAnswer(waiting.run(key("b"), () -> done("another key")).toCompletableFuture(), "another key");
        assertAnswer(waiting.run(null, () -> done("no key")).toCompletableFuture(), "no key");
    }

    @Test
    void whatFailsMakesRoomForTheNext() {
        oneAtATime.run(key("a"), () -> first);
        CompletableFuture<Keyed<String>> second = run(key("a"), "second");
        first.completeExceptionally(new Fault.Unavailable("away"));
        assertAnswer(second, "second");
    }

    @Test
    void whatThrowsAtOnceMakesRoomForTheNext() {
        CompletionStage<Keyed<String>> failed = oneAtATime.run(key("a"), () -> {
            throw new Fault.Unavailable("away");
        });
        assertThatThrownBy(() -> Stages.await(failed)).isInstanceOf(Fault.Unavailable.class);
        assertAnswer(run(key("a"), "second"), "second");
    }

    @Test
    void manyMayWait() {
        oneAtATime.run(key("a"), () -> first);
        List<CompletableFuture<Keyed<String>>> waiting = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            waiting.add(run(key("a"), Integer.toString(i)));
        }
        first.complete(new Keyed.Fresh<>("first"));
        for (int i = 0; i < waiting.size(); i++) {
            assertAnswer(waiting.get(i), Integer.toString(i));
        }
        assertAnswer(run(key("a"), "last"), "last");
    }

    @Test
    void manyMayLoseTheirPatience() {
        OneAtATime impatient = new OneAtATime(key -> false, Duration.ofMillis(1));
        impatient.run(key("a"), () -> first);
        for (int i = 0; i < 5000; i++) {
            impatient.run(key("a"), () -> done("late"));
        }
        first.complete(new Keyed.Fresh<>("first"));
        Eventually.holds(
                "the key is free again",
                () -> impatient
                        .run(key("a"), () -> done("last"))
                        .toCompletableFuture()
                        .join()
                        .equals(new Keyed.Fresh<>("last")));
    }

    @Test
    void theFirstDoesNotWaitForThoseBehindIt() {
        CompletableFuture<Keyed<String>> begin = new CompletableFuture<>();
        CountDownLatch seen = new CountDownLatch(1);
        CompletionStage<Keyed<String>> answer = oneAtATime.run(key("a"), () -> begin);
        oneAtATime.run(key("a"), () -> {
            Eventually.opens(seen);
            return done("second");
        });
        begin.complete(new Keyed.Fresh<>("first"));
        assertAnswer(answer.toCompletableFuture(), "first");
        seen.countDown();
    }

    @Test
    void ofManyThreadsOneIsAtWorkForEachKey() throws Exception {
        int threads = 8;
        int rounds = 2000;
        AtomicInteger[] busy = {new AtomicInteger(), new AtomicInteger(), new AtomicInteger()};
        AtomicInteger together = new AtomicInteger();
        List<Future<List<CompletableFuture<Keyed<String>>>>> all = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads);
                ExecutorService workers = Executors.newFixedThreadPool(4)) {
            for (int thread = 0; thread < threads; thread++) {
                all.add(pool.submit(() -> {
                    List<CompletableFuture<Keyed<String>>> own = new ArrayList<>();
                    for (int i = 0; i < rounds; i++) {
                        AtomicInteger one = busy[i % busy.length];
                        CompletableFuture<Keyed<String>> stage = oneAtATime
                                .run(key("k" + i % busy.length), () -> work(one, together, workers))
                                .toCompletableFuture();
                        own.add(stage);
                        if (i % 10 == 0) {
                            stage.join();
                        }
                    }
                    return own;
                }));
            }
            for (Future<List<CompletableFuture<Keyed<String>>>> own : all) {
                own.get().forEach(each -> assertThat(each.join()).isEqualTo(new Keyed.Fresh<>("done")));
            }
        }
        assertThat(begun).hasValue(threads * rounds);
        assertThat(together).as("at work with the same key at the same time").hasValue(0);
    }

    private CompletionStage<Keyed<String>> work(AtomicInteger busy, AtomicInteger together, ExecutorService workers) {
        begun.incrementAndGet();
        if (busy.incrementAndGet() > 1) {
            together.incrementAndGet();
        }
        return CompletableFuture.supplyAsync(
                () -> {
                    busy.decrementAndGet();
                    return new Keyed.Fresh<>("done");
                },
                workers);
    }
}
