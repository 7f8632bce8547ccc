package dev.workflow.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.InMemoryStore;
import dev.workflow.contracts.Outcomes;
import dev.workflow.domain.Content;
import dev.workflow.domain.Submission;
import dev.workflow.domain.TimeOrderedIds;
import dev.workflow.domain.Utf8Text;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.delivery.DeliveryTerms;
import dev.workflow.domain.port.DeliveryRepository;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a consumer is told who comes while another one has all messages in hand. */
@Timeout(60)
class OverlappingRoundsTest {
    private static final TimeOrderedIds IDS = new TimeOrderedIds(InstantSource.system());
    /** As many as this do not fit into one answer. */
    private static final int TOO_MANY = 10;

    private static final String LARGE = "\"" + "x".repeat(1_000_000) + "\"";

    private final InMemoryStore store = new InMemoryStore(InstantSource.system());
    private final BrokerTwin broker = new BrokerTwin();
    private final Instruments instruments = new Instruments(new Schedule(), new Throughput(), IDS);
    private final RelayOutbox relay = new RelayOutbox(store, broker);
    private final CountDownLatch firstHasClaimed = new CountDownLatch(1);
    private final CountDownLatch secondHasAsked = new CountDownLatch(1);
    private final CountDownLatch firstGoesOn = new CountDownLatch(1);
    /** Open, unless a test closes it. */
    private volatile CountDownLatch secondGoesOn = new CountDownLatch(0);

    private final QueueFront front = new QueueFront(broker, instruments.schedule());
    private ConsumeWorkflows consume;
    private CompletableFuture<Integer> first;
    private CompletableFuture<Integer> second;

    private void open(Duration patience) {
        consume = new ConsumeWorkflows(firstClaimEndsLate(), front, relay, store, instruments, patience);
    }

    /** The claim is committed, and whoever made it does not know yet. */
    private DeliveryRepository firstClaimEndsLate() {
        Class<DeliveryRepository> port = DeliveryRepository.class;
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(store, arguments);
                        if (firstHasClaimed.getCount() == 0) {
                            secondHasAsked.countDown();
                            secondGoesOn.await();
                        } else {
                            firstHasClaimed.countDown();
                            firstGoesOn.await();
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    @AfterEach
    void close() {
        firstGoesOn.countDown();
        secondGoesOn.countDown();
        consume.close();
        relay.close();
        instruments.schedule().close();
    }

    /** The second asks while the first has claimed, and the first goes on then. */
    private void overlap() throws InterruptedException {
        first = consume();
        firstHasClaimed.await();
        second = consume();
        secondHasAsked.await();
        firstGoesOn.countDown();
    }

    @Test
    void getsWhatTheOtherPutsBack() throws InterruptedException {
        open(Instance.LONG_PATIENCE);
        store(LARGE, TOO_MANY);
        overlap();

        assertThat(first.join()).isBetween(1, TOO_MANY - 1);
        assertThat(first.join() + second.join()).isEqualTo(TOO_MANY);
    }

    /** The queue was empty when it asked, and nobody has anything in hand when it is told so. */
    @Test
    void getsWhatTheOtherPutBackMeanwhile() throws InterruptedException {
        secondGoesOn = new CountDownLatch(1);
        open(Instance.LONG_PATIENCE);
        store(LARGE, TOO_MANY);
        overlap();
        first.join();
        secondGoesOn.countDown();

        assertThat(first.join() + second.join()).isEqualTo(TOO_MANY);
    }

    @Test
    void isToldThatThereIsNothingWhenTheOtherUsedAll() throws InterruptedException {
        open(Instance.LONG_PATIENCE);
        store("1", TOO_MANY);
        overlap();

        assertThat(first.join()).isEqualTo(TOO_MANY);
        assertThat(second.join()).isZero();
    }

    /** It may be put back yet. */
    @Test
    void isToldToComeAgainWhenTheOtherTakesLong() throws InterruptedException {
        open(Instance.SHORT_PATIENCE);
        store("1", TOO_MANY);
        CompletableFuture<Integer> first = consume();
        firstHasClaimed.await();

        assertThat(outcome(order()).join()).isEqualTo(new ConsumeOutcome.Nothing(true));
        firstGoesOn.countDown();
        assertThat(first.join()).isEqualTo(TOO_MANY);
    }

    private void store(String data, int count) {
        List<Workflow> workflows = Stream.generate(
                        () -> Workflow.submitted(IDS.next(), new Content(Utf8Text.of(data), List.of())))
                .limit(count)
                .toList();
        store.insert(List.of(new Submission(workflows, null)));
        relay.step();
    }

    private static ConsumeOrder order() {
        return new ConsumeOrder(DeliveryTerms.finalIn(Instance.DATA), 1000, Duration.ZERO, () -> false);
    }

    private CompletableFuture<ConsumeOutcome> outcome(ConsumeOrder order) {
        return consume.consume(order).thenApply(Outcomes::fresh).toCompletableFuture();
    }

    /** @return how many were handed over; none when it was told that there are none */
    private CompletableFuture<Integer> consume() {
        return outcome(order()).thenApply(outcome -> {
            if (outcome instanceof ConsumeOutcome.Delivered delivered) {
                return delivered.delivery().workflows().size();
            }
            assertThat(outcome).isEqualTo(new ConsumeOutcome.Nothing(false));
            return 0;
        });
    }
}
