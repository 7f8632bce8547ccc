package dev.workflow.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.Eventually;
import dev.workflow.domain.Keyed;
import dev.workflow.domain.Listing;
import dev.workflow.domain.State;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.delivery.DeliveryTerms;
import dev.workflow.domain.delivery.Form;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Consumers who wait until something arrives. */
final class LongPollTest extends PollTest {
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

    /** Of one batch, which is one arrival; and nobody looks around meanwhile. */
    @Test
    void manyArrivalsServeMany() {
        List<CompletableFuture<Keyed<ConsumeOutcome>>> waiting =
                IntStream.range(0, 300).mapToObj(i -> poll(LONG)).toList();
        awaitWaiting(300);
        instance.instruments.schedule().close();
        instance.submit(numbers(300));
        instance.relayAll();
        Eventually.holds(
                "all are served", Duration.ofSeconds(30), () -> waiting.stream().allMatch(CompletableFuture::isDone));
        assertThat(waiting.stream().map(PollTest::body)).containsExactlyInAnyOrder(numbers(300));
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

    /** Nobody here waits for it, and whoever asks there is told that there is nothing. */
    @Test
    void whatIsTooMuchForOneIsThereForOtherInstancesSoon() {
        String large = "\"" + "x".repeat(5 << 20) + "\"";
        instance.submit(large, large);
        instance.relayAll();
        assertThat(body(consume(new ConsumeOrder(terms(null), 10, Duration.ZERO, () -> false))))
                .isEqualTo(large);
        try (Instance other = new Instance(store, broker)) {
            ConsumeOrder patient = new ConsumeOrder(terms(null), 1, LONG.dividedBy(2), () -> false);
            assertThat(other.consume(patient)).isInstanceOf(ConsumeOutcome.Delivered.class);
        }
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
}
