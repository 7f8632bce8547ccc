package dev.workflow.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.domain.Keyed;
import dev.workflow.domain.RequestKey;
import dev.workflow.domain.StateName;
import dev.workflow.domain.delivery.DeliveryTerms;
import dev.workflow.domain.delivery.Form;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Consumers who gave a key: they may ask again, and several at once. */
final class KeyedPollTest extends PollTest {
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
        DeliveryTerms terms = new DeliveryTerms(Instance.held(allCame), null, key("k"));
        for (Duration patience : new Duration[] {Duration.ZERO, LONG}) {
            List<CompletableFuture<Keyed<ConsumeOutcome>>> all = IntStream.range(0, 10)
                    .mapToObj(i -> consume(new ConsumeOrder(terms, 3, patience, () -> false)))
                    .toList();
            allCame.countDown();
            assertThat(all).extracting(PollTest::bodyOfAny).hasSize(10).containsOnly("0\n1\n2");
        }
        assertThat(store.counts().byState().get(StateName.CONSUMED)).isEqualTo(3);
    }

    /** They come while the first is being served. */
    @Test
    void repeatedPollsGetWhatTheFirstGot() {
        CountDownLatch allCame = new CountDownLatch(1);
        ConsumeOrder order =
                new ConsumeOrder(new DeliveryTerms(Instance.held(allCame), null, key("k")), 1, LONG, () -> false);
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
                .extracting(PollTest::bodyOfAny)
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
}
