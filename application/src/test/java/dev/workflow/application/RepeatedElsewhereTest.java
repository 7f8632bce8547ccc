package dev.workflow.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.Eventually;
import dev.workflow.contracts.InMemoryStore;
import dev.workflow.contracts.Outcomes;
import dev.workflow.domain.Keyed;
import dev.workflow.domain.RequestKey;
import dev.workflow.domain.delivery.DeliveryTerms;
import dev.workflow.domain.port.WorkflowQueue;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a consumer is told who repeats its request at another instance while the first one is still busy with it. */
@Timeout(60)
class RepeatedElsewhereTest {
    private final InMemoryStore store = new InMemoryStore(InstantSource.system());
    private final BrokerTwin broker = new BrokerTwin();
    private final CountDownLatch firstHasTaken = new CountDownLatch(1);
    /** Time and again. */
    private final CountDownLatch otherFoundNothing = new CountDownLatch(8);

    private final Instance first = new Instance(store, afterTaking(() -> {
        firstHasTaken.countDown();
        otherFoundNothing.await();
    }));
    private final Instance other = new Instance(store, afterTaking(otherFoundNothing::countDown));

    @AfterEach
    void stop() {
        letTheFirstGoOn();
        first.close();
        other.close();
    }

    private void letTheFirstGoOn() {
        while (otherFoundNothing.getCount() > 0) {
            otherFoundNothing.countDown();
        }
    }

    @Test
    void theAnswerOfTheFirst() throws InterruptedException {
        first.submit("1");
        first.relayAll();
        CompletableFuture<Keyed<ConsumeOutcome>> answer = consume(first, key("k"));
        firstHasTaken.await();

        Keyed<ConsumeOutcome> again = consume(other, key("k")).join();

        assertThat(again).isInstanceOf(Keyed.Replayed.class);
        assertThat(delivered(again)).isEqualTo(delivered(answer.join())).isEqualTo("1");
    }

    @Test
    void theAnswerOfOneThatCommitsBetweenItsTwoLooks() throws InterruptedException {
        first.submit("1");
        first.relayAll();
        WorkflowQueue whileTheFirstIsServed = afterTaking(() -> {
            letTheFirstGoOn();
            Eventually.holds("the first has its answer", () -> !store.anyWaiting());
        });
        try (Instance slow = new Instance(store, whileTheFirstIsServed)) {
            var _ = consume(first, key("k"));
            firstHasTaken.await();

            assertThat(consume(slow, key("k")).join()).isInstanceOf(Keyed.Replayed.class);
        }
    }

    @Test
    void andWhatItTookForThatIsThereForOthersAtOnce() throws InterruptedException {
        first.submit("1", "2");
        first.relayAll();
        CompletableFuture<Keyed<ConsumeOutcome>> answer = consume(first, key("k"));
        firstHasTaken.await();
        WorkflowQueue whileTheFirstIsServed = afterTaking(() -> {
            letTheFirstGoOn();
            Eventually.holds("the first has its answer", answer::isDone);
        });
        try (Instance slow = new Instance(store, whileTheFirstIsServed)) {
            assertThat(consume(slow, key("k")).join()).isInstanceOf(Keyed.Replayed.class);

            Eventually.holds(
                    "another instance finds the second",
                    Duration.ofSeconds(5),
                    () -> Outcomes.fresh(consume(first, null).join()) instanceof ConsumeOutcome.Delivered);
        }
    }

    /** It is told to ask again. */
    @Test
    void nothingYetWhenTheFirstTakesTooLong() throws InterruptedException {
        first.submit("1");
        first.relayAll();
        CompletableFuture<Keyed<ConsumeOutcome>> answer = consume(first, key("k"));
        firstHasTaken.await();

        try (Instance impatient = Instance.impatient(store, broker)) {
            assertThat(consume(impatient, key("k")).join())
                    .isEqualTo(new Keyed.Fresh<>(new ConsumeOutcome.Nothing(true)));
            letTheFirstGoOn();
            assertThat(delivered(answer.join())).isEqualTo("1");
            assertThat(delivered(consume(impatient, key("k")).join())).isEqualTo("1");
        }
    }

    @Test
    void nothingWhenThereIsNoFirst() {
        assertThat(consume(other, key("k")).join()).isEqualTo(new Keyed.Fresh<>(new ConsumeOutcome.Nothing(false)));
        assertThat(consume(other, null).join()).isEqualTo(new Keyed.Fresh<>(new ConsumeOutcome.Nothing(false)));
    }

    private static CompletableFuture<Keyed<ConsumeOutcome>> consume(Instance instance, @Nullable RequestKey key) {
        return instance.consume
                .consume(new ConsumeOrder(new DeliveryTerms(Instance.DATA, null, key), 1, Duration.ZERO, () -> false))
                .toCompletableFuture();
    }

    private static RequestKey key(String key) {
        return new RequestKey("", key, "the request");
    }

    private static String delivered(Keyed<ConsumeOutcome> answer) {
        ConsumeOutcome outcome = answer instanceof Keyed.Replayed<ConsumeOutcome>(ConsumeOutcome before)
                ? before
                : Outcomes.fresh(answer);
        return ((ConsumeOutcome.Delivered) outcome).rendition().body().toString();
    }

    @FunctionalInterface
    private interface Step {
        void run() throws InterruptedException;
    }

    private WorkflowQueue afterTaking(Step step) {
        Class<WorkflowQueue> port = WorkflowQueue.class;
        return port.cast(
                Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (proxy, method, arguments) -> {
                    Object result = method.invoke(broker, arguments);
                    if (method.getName().equals("take")) {
                        step.run();
                    }
                    return result;
                }));
    }
}
