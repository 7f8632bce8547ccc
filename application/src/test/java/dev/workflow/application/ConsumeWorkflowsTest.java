package dev.workflow.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workflow.contracts.InMemoryStore;
import dev.workflow.contracts.Outcomes;
import dev.workflow.domain.Fault;
import dev.workflow.domain.RequestKey;
import dev.workflow.domain.State;
import dev.workflow.domain.Status;
import dev.workflow.domain.StatusChange;
import dev.workflow.domain.SubmitOutcome;
import dev.workflow.domain.Utf8Text;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.delivery.DeliveryTerms;
import dev.workflow.domain.delivery.Form;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class ConsumeWorkflowsTest {
    private static final Form BROKEN = new Form("broken", workflows -> {
        throw new IllegalStateException("cannot be written");
    });

    private static final Form BOTTOMLESS = new Form("bottomless", workflows -> {
        throw new StackOverflowError("cannot be written");
    });

    private final InMemoryStore store = new InMemoryStore(InstantSource.system());
    private final BrokerTwin broker = new BrokerTwin();
    private final Instance instance = new Instance(store, broker);

    @AfterEach
    void stop() {
        instance.close();
    }

    @Test
    void deliversInTheOrderInWhichTheyWereStored() {
        instance.submit("1", "2");
        instance.submit("3");
        instance.relayAll();

        assertThat(List.of(body(instance.consume()), body(instance.consume()), body(instance.consume())))
                .containsExactly("1", "2", "3");
        assertThat(instance.consume()).isEqualTo(new ConsumeOutcome.Nothing(false));
    }

    @Test
    void showsTheWorkflowAsTheClaimLeftItUnderTheDeliveryThatItAnswers() {
        instance.submit("1");
        instance.relayAll();

        ConsumeOutcome.Delivered delivered = (ConsumeOutcome.Delivered) instance.consume();

        Workflow workflow = delivered.delivery().workflows().getFirst();
        assertThat(workflow.state()).isInstanceOf(State.Consumed.class);
        assertThat(workflow.history().deliveryId())
                .isEqualTo(delivered.delivery().id());
        assertThat(store.find(workflow.id())).contains(workflow);
    }

    @Test
    void acknowledgesWhatItDelivered() {
        instance.submit("1");
        instance.relayAll();
        instance.consume();
        instance.consume.close();
        broker.disconnect();

        assertThat(depth()).isZero();
    }

    @Test
    void waitsForWhatThisInstanceStoredBefore() {
        instance.submit("1");
        CompletionStage<ConsumeOutcome> waiting = consumeLater();
        instance.relay.start();

        assertThat(body(waiting.toCompletableFuture().join())).isEqualTo("1");
    }

    @Test
    void aBatchWaitsForAllThatThisInstanceStoredBefore() {
        instance.submit("1");
        instance.relayAll();
        instance.submit("2");
        CompletionStage<ConsumeOutcome> waiting = consumeLater(3);
        instance.relay.start();

        assertThat(body(waiting.toCompletableFuture().join())).isEqualTo("1\n2");
        assertThat(depth()).isZero();
    }

    @Test
    void aBatchTakesWhatIsThereWhenThePublicationOfTheRestTakesTooLong() {
        try (Instance impatient = Instance.impatient(store, broker)) {
            impatient.submit("1");
            impatient.relayAll();
            impatient.submit("2");

            assertThat(body(impatient.consume(upTo(3)))).isEqualTo("1");
        }
    }

    @Test
    void aBatchThatIsCompleteWaitsForNothing() {
        instance.submit("1", "2");
        instance.relayAll();
        instance.submit("3");

        assertThat(body(consumeLater(2).toCompletableFuture().join())).isEqualTo("1\n2");
    }

    @Test
    void saysThatMoreIsToComeWhenItsPublicationTakesTooLong() {
        try (Instance impatient = Instance.impatient(store, broker)) {
            impatient.submit("1");

            assertThat(impatient.consume()).isEqualTo(new ConsumeOutcome.Nothing(true));
        }
    }

    @Test
    void saysThatMoreIsToComeWhenAnotherInstanceHasNotPublishedYet() {
        try (Instance other = new Instance(store, broker)) {
            other.submit("1");

            assertThat(instance.consume()).isEqualTo(new ConsumeOutcome.Nothing(true));
        }
    }

    @Test
    void passesOverDuplicatesAndRemovesThem() {
        instance.submit("1", "2");
        instance.relayAll();
        broker.duplicateAll();

        assertThat(body(instance.consume())).isEqualTo("1");
        assertThat(body(instance.consume())).isEqualTo("2");
        assertThat(instance.consume()).isEqualTo(new ConsumeOutcome.Nothing(false));
        instance.consume.close();
        broker.disconnect();
        assertThat(depth()).isZero();
    }

    @Test
    void passesOverWhatAStatusChangeTookOut() {
        UUID first = stored(instance.submit("1")).getFirst().id();
        instance.submit("2");
        instance.relayAll();
        instance.changeStatus.change(StatusChange.of(first, Status.CONSUMED));

        assertThat(body(instance.consume())).isEqualTo("2");
    }

    @Test
    void whatAStatusChangePutsBackStandsAtTheBack() {
        putsBackTheFirstOfTwo();

        assertThat(List.of(body(instance.consume()), body(instance.consume()))).containsExactly("2", "1");
        assertThat(instance.consume()).isEqualTo(new ConsumeOutcome.Nothing(false));
        instance.consume.close();
        broker.disconnect();
        assertThat(depth()).isZero();
    }

    /** All three messages are taken at once. */
    @Test
    void whatAStatusChangePutsBackStandsAtTheBackOfABatchToo() {
        putsBackTheFirstOfTwo();

        assertThat(body(instance.consume(upTo(3)))).isEqualTo("2\n1");
    }

    private static ConsumeOrder upTo(int max) {
        return new ConsumeOrder(DeliveryTerms.finalIn(Instance.DATA), max, Duration.ZERO, () -> false);
    }

    private void putsBackTheFirstOfTwo() {
        UUID first = stored(instance.submit("1")).getFirst().id();
        instance.submit("2");
        instance.relayAll();
        instance.changeStatus.change(StatusChange.of(first, Status.CONSUMED));
        instance.changeStatus.change(StatusChange.of(first, Status.INSERTED));
        instance.relayAll();
    }

    /** Both messages that a round takes for two consumers name the same workflow. */
    @Test
    void nobodyGoesAwayWhileThereIsMore() {
        CountDownLatch both = new CountDownLatch(1);
        Form held = Instance.held(both);
        instance.submit("0", "0");
        instance.relayAll();
        UUID twice = stored(instance.submit("1")).getFirst().id();
        instance.changeStatus.change(StatusChange.of(twice, Status.CONSUMED));
        instance.changeStatus.change(StatusChange.of(twice, Status.INSERTED));
        instance.submit("2");
        instance.relayAll();
        List<CompletionStage<ConsumeOutcome>> busy = List.of(consumeLater(held), consumeLater(held));
        List<CompletionStage<ConsumeOutcome>> next = List.of(consumeLater(), consumeLater());

        both.countDown();

        assertThat(busy)
                .allSatisfy(each ->
                        assertThat(body(each.toCompletableFuture().join())).isEqualTo("0"));
        assertThat(next.stream().map(each -> body(each.toCompletableFuture().join())))
                .containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void takesNothingWhileTheDatabaseIsAway() {
        instance.submit("1");
        instance.relayAll();
        store.goAway(new Fault.Unavailable("away"));

        assertThatThrownBy(instance::consume).hasCauseInstanceOf(Fault.Unavailable.class);
        assertThat(depth()).isEqualTo(1);
        store.goAway(null);
        assertThat(body(instance.consume())).isEqualTo("1");
    }

    @Test
    void failsWhileTheBrokerIsAwayAndGoesOnWhenItIsBack() {
        instance.submit("1");
        instance.relayAll();
        broker.goAway(true);
        assertThatThrownBy(instance::consume).hasCauseInstanceOf(Fault.Unavailable.class);

        broker.goAway(false);
        assertThat(body(instance.consume())).isEqualTo("1");
    }

    static List<Form> unwritable() {
        return List.of(BROKEN, BOTTOMLESS);
    }

    @ParameterizedTest
    @MethodSource("unwritable")
    void keepsFirstInLineWhatCouldNotBeWrittenOut(Form form) {
        instance.submit("1", "2");
        instance.relayAll();
        assertThatThrownBy(() -> instance.consume(Instance.forOne(DeliveryTerms.finalIn(form))))
                .hasRootCauseMessage("cannot be written");

        assertThat(body(instance.consume())).isEqualTo("1");
        assertThat(body(instance.consume())).isEqualTo("2");
    }

    /** When it comes again the database tells. */
    @Test
    void givesBackWhatNobodyKnowsWhetherItWasHandedOver() {
        Form uncertain = new Form("uncertain", workflows -> {
            throw new Fault.OutcomeUnknown("A test says so.", null);
        });
        instance.submit("1");
        instance.relayAll();
        assertThatThrownBy(() -> instance.consume(Instance.forOne(DeliveryTerms.finalIn(uncertain))))
                .hasCauseInstanceOf(Fault.OutcomeUnknown.class);

        assertThat(depth()).isEqualTo(1);
    }

    @Test
    void givesBackWhatItKeptWhenItCloses() {
        keepsFirstInLineUnused();
        instance.consume.close();

        assertThat(depth()).isEqualTo(1);
    }

    private void keepsFirstInLineUnused() {
        instance.submit("1");
        instance.relayAll();
        assertThatThrownBy(() -> instance.consume(Instance.forOne(DeliveryTerms.finalIn(BROKEN))))
                .isNotNull();
        assertThat(depth()).isZero();
    }

    @Test
    void hasNothingForAnyoneOnceItDrains() {
        instance.submit("1");
        instance.relayAll();
        instance.consume.drain();

        assertThat(instance.consume()).isEqualTo(new ConsumeOutcome.Nothing(true));
        assertThat(depth()).isEqualTo(1);
    }

    /** What its key has decided is told as long as anyone is served. */
    @Test
    void hasNothingForAKeyOnceItIsClosed() {
        instance.consume.close();
        RequestKey key = new RequestKey("", "k", "the request");
        assertThat(instance.consume(Instance.forOne(new DeliveryTerms(Instance.DATA, null, key))))
                .isEqualTo(new ConsumeOutcome.Nothing(true));
    }

    @Test
    void servesManyAtOnceEachWithItsOwn() {
        int many = 500;
        instance.submit(IntStream.range(0, many).mapToObj(Integer::toString).toArray(String[]::new));
        instance.relayAll();

        List<CompletionStage<ConsumeOutcome>> waiting =
                IntStream.range(0, many + 20).mapToObj(i -> consumeLater()).toList();

        List<ConsumeOutcome> outcomes =
                waiting.stream().map(each -> each.toCompletableFuture().join()).toList();
        assertThat(outcomes.stream()
                        .filter(ConsumeOutcome.Delivered.class::isInstance)
                        .map(ConsumeWorkflowsTest::body))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, many).mapToObj(Integer::toString).toList());
        assertThat(outcomes.stream().filter(ConsumeOutcome.Nothing.class::isInstance))
                .hasSize(20);
    }

    private CompletionStage<ConsumeOutcome> consumeLater() {
        return consumeLater(1);
    }

    private CompletionStage<ConsumeOutcome> consumeLater(int max) {
        return consumeLater(Instance.DATA, max);
    }

    private CompletionStage<ConsumeOutcome> consumeLater(Form form) {
        return consumeLater(form, 1);
    }

    private CompletionStage<ConsumeOutcome> consumeLater(Form form, int max) {
        return instance.consume
                .consume(new ConsumeOrder(DeliveryTerms.finalIn(form), max, Duration.ZERO, () -> false))
                .thenApply(Outcomes::fresh);
    }

    private long depth() {
        return broker.depth().toCompletableFuture().join();
    }

    private static List<Workflow> stored(SubmitOutcome outcome) {
        return ((SubmitOutcome.Stored) outcome).workflows();
    }

    private static String body(ConsumeOutcome outcome) {
        assertThat(outcome).isInstanceOf(ConsumeOutcome.Delivered.class);
        Utf8Text body = ((ConsumeOutcome.Delivered) outcome).rendition().body();
        return body.toString();
    }
}
