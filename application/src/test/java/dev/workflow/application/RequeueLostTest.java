package dev.workflow.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workflow.contracts.InMemoryStore;
import dev.workflow.contracts.SettableClock;
import dev.workflow.domain.delivery.DeliveryTerms;
import dev.workflow.domain.delivery.Form;
import dev.workflow.domain.port.Upkeep;
import dev.workflow.memory.InMemoryWorkflowQueue;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RequeueLostTest {
    private static final Duration LONGER = Instance.RECONCILE_AFTER.plusSeconds(1);

    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-04T05:06:07Z"));
    private final InMemoryStore store = new InMemoryStore(clock);
    private final BrokerTwin broker = new BrokerTwin();
    private final Instance instance = new Instance(store, broker);

    @AfterEach
    void stop() {
        instance.close();
    }

    @Test
    void fillsAPurgedQueueAgain() {
        instance.submit("1", "2", "3");
        instance.relayAll();
        broker.purge();
        clock.advance(LONGER);

        assertThat(instance.requeueLost.pass()).isEqualTo(3);
        assertThat(consumeAll()).containsExactly("1", "2", "3");
    }

    @Test
    void tellsTheRelayOfWhatItFindsAndOfNothingElse() {
        instance.submit("1");
        instance.relayAll();
        long before = instance.relay.ticket();
        instance.requeueLost.pass();
        assertThat(instance.relay.ticket()).isEqualTo(before);
        broker.purge();
        clock.advance(LONGER);
        instance.requeueLost.pass();
        assertThat(instance.relay.ticket()).isEqualTo(before + 1);
    }

    @Test
    void leavesALongQueueAlone() {
        instance.submit("1", "2", "3");
        instance.relayAll();
        clock.advance(Duration.ofDays(3));

        assertThat(instance.requeueLost.pass()).isZero();
        instance.consume();
        assertThat(instance.requeueLost.pass()).isZero();
    }

    @Test
    void findsWhatIsMissingInTheMiddleOfALongQueue() {
        instance.submit("1");
        instance.relayAll();
        broker.loseFirst();
        clock.advance(LONGER);
        instance.submit("2", "3");
        instance.relayAll();
        assertThat(instance.requeueLost.pass()).as("nothing tells yet").isZero();

        instance.consume();
        assertThat(instance.requeueLost.pass()).isEqualTo(1);
        assertThat(consumeAll()).containsExactly("3", "1");
    }

    @Test
    void givesTheBrokerTimeBeforeItCallsAMessageLost() {
        instance.submit("1");
        instance.relayAll();
        broker.purge();

        assertThat(instance.requeueLost.pass()).isZero();
    }

    @Test
    void leavesAloneWhatWaitsInTheOutbox() {
        instance.submit("1");
        clock.advance(LONGER);

        assertThat(instance.requeueLost.pass()).isZero();
        assertThat(consumeAll()).containsExactly("1");
    }

    /** It is published between the two looks at it, and then neither the outbox nor the message taken last tells of it. */
    @Test
    void leavesAloneWhatWaitedInTheOutboxWhenItBeganToLook() {
        instance.submit("1");
        clock.advance(LONGER);
        instance.submit("2", "3");
        publishAllButTheFirst();
        assertThat(instance.consume()).isInstanceOf(ConsumeOutcome.Delivered.class);
        broker.beforeDepth(instance::relayAll);
        assertThat(instance.requeueLost.pass()).isZero();
        assertThat(consumeAll()).containsExactly("3", "1");
    }

    private void publishAllButTheFirst() {
        store.drain(10, entries -> {
            broker.publish(entries.subList(1, entries.size()));
            BitSet published = new BitSet();
            published.set(1, entries.size());
            return published;
        });
    }

    /** Their messages are in the hands of this instance, and they were taken in order. */
    @Test
    void leavesAloneWhatIsKeptFirstInLine() {
        keepThreeInLine();
        assertThat(instance.requeueLost.pass()).isZero();
        assertThat(consumeAll()).containsExactly("1", "2", "3");
    }

    @Test
    void leavesAloneWhatIsKeptWhenTheQueueHasMore() {
        instance.submit("0");
        instance.relayAll();
        instance.consume();
        keepThreeInLine();
        instance.submit("4");
        instance.relayAll();
        assertThat(instance.requeueLost.pass()).isZero();
        assertThat(consumeAll()).containsExactly("1", "2", "3", "4");
    }

    /** They are at the front of the queue again, behind which the last message was taken. */
    @Test
    void leavesAloneWhatWasGivenBack() {
        keepThreeInLine();
        instance.consume.close();
        assertThat(instance.requeueLost.pass()).isZero();
        try (Instance next = new Instance(store, broker)) {
            assertThat(consumeAll(next)).containsExactly("1", "2", "3");
        }
    }

    private void keepThreeInLine() {
        for (String data : List.of("1", "2", "3")) {
            instance.submit(data);
            clock.advance(LONGER);
        }
        instance.relayAll();
        Form unwritable = new Form("unwritable", workflows -> {
            throw new IllegalStateException("A test says so.");
        });
        ConsumeOrder all = new ConsumeOrder(DeliveryTerms.finalIn(unwritable), 3, Duration.ZERO, () -> false);
        assertThatThrownBy(() -> instance.consume(all)).hasRootCauseMessage("A test says so.");
    }

    @Test
    void doesNotFloodHoweverManyInstancesLookHoweverOften() {
        instance.submit("1", "2", "3");
        instance.relayAll();
        broker.purge();
        clock.advance(LONGER);
        try (Instance other = new Instance(store, broker)) {
            for (int i = 0; i < 10; i++) {
                instance.requeueLost.pass();
                other.requeueLost.pass();
                instance.relayAll();
                broker.purge();
            }
            clock.advance(LONGER);
            assertThat(instance.requeueLost.pass() + other.requeueLost.pass()).isEqualTo(3);
        }
    }

    @Test
    void leavesConsumedWorkflowsAlone() {
        instance.submit("1");
        instance.relayAll();
        instance.consume();
        clock.advance(LONGER);

        assertThat(instance.requeueLost.pass()).isZero();
    }

    @Test
    void findsMoreThanAPageInOnePass() {
        int many = 2 * RequeueLost.PAGE + 1;
        instance.submit(IntStream.range(0, many).mapToObj(Integer::toString).toArray(String[]::new));
        instance.relayAll();
        broker.purge();
        clock.advance(LONGER);

        assertThat(instance.requeueLost.pass()).isEqualTo(many);
    }

    @Test
    void refillsAQueueThatForgotEverythingAtOnceAndInOrder() {
        int many = 2 * RequeueLost.PAGE + 1;
        List<String> data = IntStream.range(0, many).mapToObj(Integer::toString).toList();
        instance.submit(data.toArray(String[]::new));
        instance.relayAll();
        try (Instance next = new Instance(store, new InMemoryWorkflowQueue(10_000))) {
            clock.advance(Duration.ofMillis(1));
            next.relay.start();

            assertThat(next.requeueLost.refill(next.requeueLost.now())).isEqualTo(many);
            assertThat(consumeAll(next)).isEqualTo(data);
        }
    }

    /** What the queue has no room for would stand in the outbox, before all that is handed in meanwhile. */
    @Test
    void refillsAPageOnlyWhenTheLastIsInTheQueue() {
        int many = 2 * RequeueLost.PAGE + 1;
        instance.submit(IntStream.range(0, many).mapToObj(Integer::toString).toArray(String[]::new));
        instance.relayAll();
        clock.advance(Duration.ofMillis(1));
        List<Long> onTheirWay = new ArrayList<>();
        Upkeep watched = (Upkeep) Proxy.newProxyInstance(
                Upkeep.class.getClassLoader(), new Class<?>[] {Upkeep.class}, (proxy, method, arguments) -> {
                    onTheirWay.add(store.counts().outbox());
                    return method.invoke(store, arguments);
                });
        QueueFront front = new QueueFront(broker, instance.instruments.schedule());
        instance.relay.start();
        new RequeueLost(watched, broker, front, instance.relay, LONGER).refill(store.now());
        assertThat(onTheirWay).containsExactly(0L, 0L, 0L, 0L);
    }

    /** It would find its own message stale. */
    @Test
    void leavesAloneWhatCameSinceTheStartThatIsRefilledFrom() {
        instance.submit("0");
        instance.relayAll();
        try (Instance next = new Instance(store, new InMemoryWorkflowQueue(10_000))) {
            clock.advance(Duration.ofMillis(1));
            Instant start = next.requeueLost.now();
            clock.advance(Duration.ofMillis(1));
            next.submit("1");
            clock.advance(Duration.ofMillis(1));
            next.relay.start();

            assertThat(next.requeueLost.refill(start)).isEqualTo(1);
            assertThat(consumeAll(next)).containsExactlyInAnyOrder("0", "1");
        }
    }

    private List<String> consumeAll() {
        return consumeAll(instance);
    }

    private static List<String> consumeAll(Instance instance) {
        instance.relayAll();
        List<String> bodies = new ArrayList<>();
        while (instance.consume() instanceof ConsumeOutcome.Delivered one) {
            bodies.add(one.rendition().body().toString());
        }
        return bodies;
    }
}
