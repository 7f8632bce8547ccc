package dev.workflow.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.Eventually;
import dev.workflow.contracts.InMemoryStore;
import dev.workflow.domain.DeliveryTerms;
import dev.workflow.domain.Form;
import dev.workflow.domain.Keyed;
import dev.workflow.domain.Listing;
import dev.workflow.domain.RequestKey;
import dev.workflow.domain.State;
import dev.workflow.domain.StateName;
import dev.workflow.domain.Workflow;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Consumers who wait until something arrives. */
@Timeout(60)
class LongPollTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final InMemoryStore store = new InMemoryStore(InstantSource.system());
    private final BrokerTwin broker = new BrokerTwin();
    private final Instance instance = new Instance(store, broker);

    @AfterEach
    void stop() {
        instance.close();
    }

    @Test
    void isAnsweredWhenSomethingArrives() {
        CompletableFuture<Keyed<ConsumeOutcome>> waiting = poll(LONG);
        instance.relay.start();
        instance.submit("1");
        assertThat(body(waiting)).isEqualTo("1");
    }

    @Test
    void findsWhatAnotherInstancePutThere() {
        CompletableFuture<Keyed<ConsumeOutcome>> waiting = poll(LONG);
        try (Instance other = new Instance(store, new Deaf(broker))) {
            other.submit("1");
            other.relayAll();
        }
        assertThat(body(waiting)).isEqualTo("1");
    }

    @Test
    void isSentAwayWhenItsPatienceEnds() {
        assertThat(poll(Duration.ofMillis(10)).join()).isEqualTo(new Keyed.Fresh<>(new ConsumeOutcome.Nothing(false)));
    }

    @Test
    void isSentAwayWhenTheInstanceDrains() {
        CompletableFuture<Keyed<ConsumeOutcome>> waiting = poll(LONG);
        instance.consume.drain();
        assertThat(waiting.join()).isEqualTo(new Keyed.Fresh<>(new ConsumeOutcome.Nothing(true)));
        assertThat(poll(LONG).join()).isEqualTo(new Keyed.Fresh<>(new ConsumeOutcome.Nothing(true)));
    }

    /** Whoever repeats a request would otherwise take the first answer for lost. */
    @Test
    void isToldAgainWhatItsKeyHasDecidedWhileTheInstanceDrains() {
        instance.submit("1", "2");
        instance.relayAll();
        assertThat(body(pollWith("k"))).isEqualTo("1");
        instance.consume.drain();

        CompletableFuture<Keyed<ConsumeOutcome>> again = pollWith("k");

        assertThat(again.join()).isInstanceOf(Keyed.Replayed.class);
        assertThat(bodyOfAny(again)).isEqualTo("1");
        assertThat(pollWith("another").join()).isEqualTo(new Keyed.Fresh<>(new ConsumeOutcome.Nothing(true)));
    }

    @Test
    void eachArrivalServesTheOneWhoHasWaitedLongest() {
        List<CompletableFuture<Keyed<ConsumeOutcome>>> waiting =
                IntStream.range(0, 50).mapToObj(i -> poll(LONG)).toList();
        for (int served = 0; served < 20; served++) {
            awaitWaiting(50 - served);
            instance.submit(Integer.toString(served));
            instance.relayAll();
            assertThat(body(waiting.get(served))).isEqualTo(Integer.toString(served));
        }
        awaitWaiting(30);
        assertThat(waiting.subList(20, 50)).noneMatch(CompletableFuture::isDone);
    }

    @Test
    void manyArrivalsServeMany() {
        List<CompletableFuture<Keyed<ConsumeOutcome>>> waiting =
                IntStream.range(0, 300).mapToObj(i -> poll(LONG)).toList();
        awaitWaiting(300);
        instance.submit(numbers(300));
        instance.relayAll();
        assertThat(waiting.stream().map(LongPollTest::body)).containsExactlyInAnyOrder(numbers(300));
    }

    @Test
    void aConsumerWhoLeftTakesNothing() {
        AtomicBoolean gone = new AtomicBoolean();
        CompletableFuture<Keyed<ConsumeOutcome>> left = consume(new ConsumeOrder(terms(null), 1, LONG, gone::get));
        CompletableFuture<Keyed<ConsumeOutcome>> stayed = poll(LONG);
        gone.set(true);
        instance.submit("1");
        instance.relayAll();
        assertThat(body(stayed)).isEqualTo("1");
        assertThat(left.join()).isEqualTo(new Keyed.Fresh<>(new ConsumeOutcome.Nothing(true)));
    }

    /** The consumer leaves while its workflow is being written out. */
    @Test
    void whatWasClaimedForAConsumerWhoLeftGoesBack() {
        for (Duration lease : new Duration[] {null, LONG}) {
            AtomicBoolean gone = new AtomicBoolean();
            instance.submit("1");
            instance.relayAll();
            DeliveryTerms leaving = new DeliveryTerms(
                    new Form("leaving", workflows -> {
                        gone.set(true);
                        return Instance.DATA.render(workflows);
                    }),
                    lease,
                    null);

            assertThat(consume(new ConsumeOrder(leaving, 1, Duration.ZERO, gone::get))
                            .join())
                    .isEqualTo(new Keyed.Fresh<>(new ConsumeOutcome.Nothing(true)));

            Workflow workflow = store.page(Listing.ofAll(10)).getLast();
            assertThat(workflow.state()).isEqualTo(new State.Waiting());
            assertThat(workflow.history().attempts()).isZero();
            instance.relayAll();
            assertThat(body(poll(LONG))).isEqualTo("1");
        }
    }

    @Test
    void aConsumerWithAKeyMayLeaveAndComeBack() {
        AtomicBoolean gone = new AtomicBoolean();
        instance.submit("1", "2");
        instance.relayAll();
        DeliveryTerms leaving = new DeliveryTerms(
                new Form("leaving", workflows -> {
                    gone.set(true);
                    return Instance.DATA.render(workflows);
                }),
                null,
                key("k"));
        var _ = consume(new ConsumeOrder(leaving, 1, Duration.ZERO, gone::get)).join();

        Keyed<ConsumeOutcome> again = consume(new ConsumeOrder(leaving, 1, Duration.ZERO, () -> false))
                .join();

        assertThat(again).isInstanceOf(Keyed.Replayed.class);
        assertThat(((ConsumeOutcome.Delivered) ((Keyed.Replayed<ConsumeOutcome>) again).outcome())
                        .rendition()
                        .body()
                        .toString())
                .isEqualTo("1");
    }

    @Test
    void aRepeatedPollTakesThePlaceOfTheFirst() {
        CompletableFuture<Keyed<ConsumeOutcome>> first = pollWith("k");
        CompletableFuture<Keyed<ConsumeOutcome>> behind = poll(LONG);
        CompletableFuture<Keyed<ConsumeOutcome>> second = pollWith("k");
        CompletableFuture<Keyed<ConsumeOutcome>> third = pollWith("k");

        assertThat(first.join()).isEqualTo(new Keyed.InProgress<>());
        assertThat(second.join()).isEqualTo(new Keyed.InProgress<>());
        awaitWaiting(2);
        instance.submit("1", "2");
        instance.relayAll();
        assertThat(body(third)).isEqualTo("1");
        assertThat(body(behind)).isEqualTo("2");
    }

    @Test
    void aKeyThatGotSomethingReplaysAtOnceThoughOthersWait() {
        instance.submit("1");
        instance.relayAll();
        assertThat(body(pollWith("k"))).isEqualTo("1");
        CompletableFuture<Keyed<ConsumeOutcome>> waiting = poll(LONG);
        assertThat(pollWith("k").join()).isInstanceOf(Keyed.Replayed.class);
        assertThat(waiting).isNotDone();
    }

    @Test
    void aKeyThatGotNothingMayTryAgain() {
        ConsumeOrder order = new ConsumeOrder(terms(key("k")), 1, Duration.ZERO, () -> false);
        assertThat(consume(order).join()).isEqualTo(new Keyed.Fresh<>(new ConsumeOutcome.Nothing(false)));
        instance.submit("1");
        instance.relayAll();
        assertThat(body(consume(order))).isEqualTo("1");
    }

    @Test
    void allWithOneKeyGetWhatTheFirstGot() {
        instance.submit(numbers(20));
        instance.relayAll();
        CountDownLatch allCame = new CountDownLatch(1);
        DeliveryTerms terms = new DeliveryTerms(held(allCame), null, key("k"));
        for (Duration patience : new Duration[] {Duration.ZERO, LONG}) {
            List<CompletableFuture<Keyed<ConsumeOutcome>>> all = IntStream.range(0, 10)
                    .mapToObj(i -> consume(new ConsumeOrder(terms, 3, patience, () -> false)))
                    .toList();
            allCame.countDown();
            assertThat(all).extracting(LongPollTest::bodyOfAny).hasSize(10).containsOnly("0\n1\n2");
        }
        assertThat(store.counts().byState().get(StateName.CONSUMED)).isEqualTo(3);
    }

    /** They come while the first is being served. */
    @Test
    void repeatedPollsGetWhatTheFirstGot() {
        CountDownLatch allCame = new CountDownLatch(1);
        ConsumeOrder order = new ConsumeOrder(new DeliveryTerms(held(allCame), null, key("k")), 1, LONG, () -> false);
        CompletableFuture<Keyed<ConsumeOutcome>> first = consume(order);
        awaitWaiting(1);
        instance.submit("1", "2");
        // the first may hold the store before the relay is done with it
        CompletableFuture<Void> relayed = CompletableFuture.runAsync(instance::relayAll);
        awaitWaiting(0);
        CompletableFuture<Keyed<ConsumeOutcome>> second = consume(order);
        CompletableFuture<Keyed<ConsumeOutcome>> third = consume(order);
        allCame.countDown();
        relayed.join();
        assertThat(List.of(first, second, third))
                .extracting(LongPollTest::bodyOfAny)
                .containsOnly("1");
    }

    @Test
    void anotherRequestDoesNotDisturbOneWhoWaitsWithItsKey() {
        CompletableFuture<Keyed<ConsumeOutcome>> waiting = pollWith("k");
        awaitWaiting(1);
        DeliveryTerms another = new DeliveryTerms(Instance.DATA, LONG, new RequestKey("", "k", "another request"));
        for (Duration patience : new Duration[] {Duration.ZERO, LONG}) {
            assertThat(consume(new ConsumeOrder(another, 1, patience, () -> false))
                            .join())
                    .isEqualTo(new Keyed.Reused<>());
        }
        instance.submit("1");
        instance.relayAll();
        assertThat(body(waiting)).isEqualTo("1");
    }

    @Test
    void whoHasTheSameKeyOfAnotherOwnerIsNotDisturbed() {
        CompletableFuture<Keyed<ConsumeOutcome>> waiting = pollWith("k");
        awaitWaiting(1);
        CompletableFuture<Keyed<ConsumeOutcome>> another =
                consume(new ConsumeOrder(terms(new RequestKey("bob", "k", "the request")), 1, LONG, () -> false));
        awaitWaiting(2);
        instance.submit("1", "2");
        instance.relayAll();
        assertThat(body(waiting)).isEqualTo("1");
        assertThat(body(another)).isEqualTo("2");
    }

    @Test
    void aKeyThatGotNothingIsFreeForAnotherRequest() {
        ConsumeOrder order = new ConsumeOrder(terms(key("k")), 1, Duration.ofMillis(10), () -> false);
        assertThat(consume(order).join()).isEqualTo(new Keyed.Fresh<>(new ConsumeOutcome.Nothing(false)));
        instance.submit("1");
        instance.relayAll();
        RequestKey another = new RequestKey("", "k", "another request");
        assertThat(body(consume(new ConsumeOrder(terms(another), 1, LONG, () -> false))))
                .isEqualTo("1");
    }

    @Test
    void anAnswerHoldsUpToTheMaximum() {
        instance.submit(numbers(7));
        instance.relayAll();
        assertThat(body(consume(new ConsumeOrder(terms(null), 3, Duration.ZERO, () -> false))))
                .isEqualTo("0\n1\n2");
        assertThat(body(consume(new ConsumeOrder(terms(null), 1000, Duration.ZERO, () -> false))))
                .isEqualTo("3\n4\n5\n6");
    }

    @Test
    void whatIsTooMuchForOneIsNextInLine() {
        String large = "\"" + "x".repeat(3 << 20) + "\"";
        instance.submit(large, large, large, "last");
        instance.relayAll();
        ConsumeOrder many = new ConsumeOrder(terms(null), 10, Duration.ZERO, () -> false);
        assertThat(body(consume(many))).isEqualTo(large + "\n" + large);
        assertThat(body(consume(many))).isEqualTo(large + "\nlast");
    }

    @Test
    void thoseWhoWaitGetWhatIsTooMuchForOne() {
        String large = "\"" + "x".repeat(5 << 20) + "\"";
        CompletableFuture<Keyed<ConsumeOutcome>> first = consume(new ConsumeOrder(terms(null), 10, LONG, () -> false));
        CompletableFuture<Keyed<ConsumeOutcome>> second = poll(LONG);
        awaitWaiting(2);
        instance.submit(large, large);
        instance.relayAll();
        assertThat(body(first)).isEqualTo(large);
        assertThat(body(second)).isEqualTo(large);
    }

    @Test
    void waitingConsumersSurviveAnOutageOfTheBrokerOnlyAsFailures() {
        CompletableFuture<Keyed<ConsumeOutcome>> waiting = poll(LONG);
        broker.goAway(true);
        Eventually.holds("it is told that the broker is away", Duration.ofSeconds(30), waiting::isDone);
        assertThat(waiting).isCompletedExceptionally();
    }

    private void awaitWaiting(int count) {
        Eventually.holds(count + " wait", Duration.ofSeconds(30), () -> instance.consume.waiting() == count);
    }

    private CompletableFuture<Keyed<ConsumeOutcome>> poll(Duration patience) {
        return consume(new ConsumeOrder(terms(null), 1, patience, () -> false));
    }

    private CompletableFuture<Keyed<ConsumeOutcome>> pollWith(String key) {
        return consume(new ConsumeOrder(terms(key(key)), 1, LONG, () -> false));
    }

    private CompletableFuture<Keyed<ConsumeOutcome>> consume(ConsumeOrder order) {
        return instance.consume.consume(order).toCompletableFuture();
    }

    private static DeliveryTerms terms(@Nullable RequestKey key) {
        return new DeliveryTerms(Instance.DATA, null, key);
    }

    private static RequestKey key(String key) {
        return new RequestKey("", key, "the request");
    }

    /** A consumer is being served with this until the latch is open. */
    private static Form held(CountDownLatch open) {
        return new Form("held", workflows -> {
            try {
                open.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return Instance.DATA.render(workflows);
        });
    }

    private static String[] numbers(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toArray(String[]::new);
    }

    private static String body(CompletableFuture<Keyed<ConsumeOutcome>> answer) {
        ConsumeOutcome outcome = Instance.fresh(answer.join());
        assertThat(outcome).isInstanceOf(ConsumeOutcome.Delivered.class);
        return ((ConsumeOutcome.Delivered) outcome).rendition().body().toString();
    }

    private static String bodyOfAny(CompletableFuture<Keyed<ConsumeOutcome>> answer) {
        Keyed<ConsumeOutcome> outcome = answer.join();
        return outcome instanceof Keyed.Replayed<ConsumeOutcome>(ConsumeOutcome.Delivered delivered)
                ? delivered.rendition().body().toString()
                : body(answer);
    }
}
