package dev.workflow.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.InMemoryStore;
import dev.workflow.domain.Fault;
import dev.workflow.domain.Keyed;
import dev.workflow.domain.RequestKey;
import dev.workflow.domain.delivery.ClaimOutcome;
import dev.workflow.domain.delivery.DeliveryTerms;
import dev.workflow.domain.port.DeliveryRepository;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KeyedConsumersTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final InMemoryStore store = new InMemoryStore(InstantSource.system());
    private final WaitingRoom room = new WaitingRoom();
    private final List<ConsumeRequest> served = new ArrayList<>();
    private final List<Runnable> later = new ArrayList<>();
    private final KeyedConsumers keyed = new KeyedConsumers(store, room, served::add, later::add);
    private final ConsumeRequest first = request();
    private final ConsumeRequest second = request();
    private final ConsumeRequest third = request();
    private final ConsumeRequest other = request("for something else", LONG, () -> false);

    private static ConsumeRequest request() {
        return request("the request", LONG, () -> false);
    }

    private static ConsumeRequest request(String fingerprint, Duration patience, BooleanSupplier gone) {
        DeliveryTerms terms = new DeliveryTerms(Instance.DATA, null, new RequestKey("", "k", fingerprint));
        return new ConsumeRequest(new ConsumeOrder(terms, 1, patience, gone), 0);
    }

    private void begin(ConsumeRequest... requests) {
        for (ConsumeRequest request : requests) {
            keyed.begin(request);
        }
    }

    private void letWait(ConsumeRequest request) {
        assertThat(keyed.enterRoom(List.of(request), room.arrivals())).isEmpty();
    }

    private static void assertNotAnswered(ConsumeRequest... requests) {
        assertThat(requests).extracting(ConsumeRequest::answer).noneMatch(CompletableFuture::isDone);
    }

    private static void assertInProgress(ConsumeRequest... requests) {
        assertThat(requests)
                .allSatisfy(each -> assertThat(each.answer()).isCompletedWithValue(new Keyed.InProgress<>()));
    }

    @Test
    void whoCannotBeServedDoesNotHoldUpThoseBehind() {
        KeyedConsumers failing = new KeyedConsumers(
                store,
                room,
                request -> {
                    if (request == second) {
                        throw new OutOfMemoryError("a test says");
                    }
                    served.add(request);
                },
                later::add);
        Stream.of(first, second, third).forEach(failing::begin);
        first.answerNothing(false);

        assertThat(second.answer()).isCompletedExceptionally();
        assertThat(served).containsExactly(first, third);
    }

    /** Each would wait for a connection, and for all before it. */
    @Test
    void aStoreThatIsAwayIsAskedOnce() {
        AtomicInteger asked = new AtomicInteger();
        DeliveryRepository away = (DeliveryRepository) Proxy.newProxyInstance(
                DeliveryRepository.class.getClassLoader(),
                new Class<?>[] {DeliveryRepository.class},
                (proxy, how, with) -> {
                    asked.incrementAndGet();
                    throw Fault.Unavailable.database("away, a test says", null);
                });
        DeliveryTerms withoutKey = DeliveryTerms.finalIn(Instance.DATA);
        ConsumeRequest free = new ConsumeRequest(Instance.forOne(withoutKey), 0);

        assertThat(new KeyedConsumers(away, room, served::add, later::add)
                        .withoutAnswered(List.of(first, free, second, third)))
                .containsExactly(free);
        assertThat(asked).hasValue(1);
        assertThat(List.of(first, second, third))
                .allSatisfy(each -> assertThat(each.answer())
                        .failsWithin(Duration.ZERO)
                        .withThrowableThat()
                        .withCauseInstanceOf(Fault.Unavailable.class));
    }

    @Test
    void allStandBehindOneWhoIsServed() {
        begin(first, second, third);
        assertNotAnswered(first, second, third);
        first.answerNothing(false);
        assertThat(served).containsExactly(first, second);
        second.answerNothing(false);
        assertThat(served).containsExactly(first, second, third);
    }

    @Test
    void whatWasRemovedSinceIsNotMistakenForAnEmptyQueue() {
        assertThat(KeyedConsumers.answer(new Keyed.Replayed<>(new ClaimOutcome.NotClaimable())))
                .isEqualTo(new Keyed.Replayed<>(new ConsumeOutcome.Gone()));
    }

    @Test
    void theNewestOfThoseBehindWaitsInThePlaceOfTheFirst() {
        begin(first, second, third);
        letWait(first);
        assertInProgress(first, second);
        assertThat(room.call(10)).containsExactly(third);
        assertThat(served).containsExactly(first);
    }

    @Test
    void whoComesWhileTheFirstWaitsTakesItsPlace() {
        begin(first);
        letWait(first);
        begin(second, third);
        assertInProgress(first, second);
        assertThat(room.call(10)).containsExactly(third);
    }

    @Test
    void nobodyTakesAPlaceWhenSomethingHasArrived() {
        begin(first, second);
        long seen = room.arrivals();
        room.arrived();
        assertThat(keyed.enterRoom(List.of(first), seen)).containsExactly(first);
        assertNotAnswered(first, second);
    }

    @Test
    void nobodyTakesThePlaceOfOneWhoIsCalledOut() {
        begin(first);
        letWait(first);
        assertThat(room.call(1)).containsExactly(first);
        begin(second, other);
        assertNotAnswered(first, second);
        assertThat(other.answer()).isCompletedWithValue(new Keyed.Reused<>());
        letWait(first);
        assertInProgress(first);
        assertThat(room.call(1)).containsExactly(second);
    }

    @Test
    void whoWillOnlyBeSentAwayIsWaitedFor() {
        ConsumeRequest hasWaited = request("the request", Duration.ZERO, () -> false);
        begin(hasWaited);
        letWait(hasWaited);
        begin(second, other);
        assertNotAnswered(hasWaited, second, other);
        hasWaited.answerNothing(false);
        assertThat(served).containsExactly(hasWaited, second);
    }

    @Test
    void whoHasLeftTakesNobodysPlace() {
        ConsumeRequest left = request("the request", LONG, () -> true);
        begin(first, left);
        letWait(first);
        assertNotAnswered(first);
        assertThat(room.call(1)).containsExactly(first);
    }

    @Test
    void anotherRequestIsRefusedWhileTheFirstWaits() {
        begin(first);
        letWait(first);
        begin(other);
        assertThat(other.answer()).isCompletedWithValue(new Keyed.Reused<>());
        assertNotAnswered(first);
        assertThat(room.call(10)).containsExactly(first);
    }

    @Test
    void anotherRequestIsRefusedAsSoonAsTheFirstWaits() {
        begin(first, other, second);
        assertNotAnswered(first, other, second);
        letWait(first);
        assertThat(other.answer()).isCompletedWithValue(new Keyed.Reused<>());
        assertInProgress(first);
        assertNotAnswered(second);
    }

    /** Its key is free when the first came to nothing, and when it got something the database knows that. */
    @Test
    void anotherRequestWaitsForTheEndOfOneThatIsServed() {
        begin(first, other);
        assertNotAnswered(first, other);
        first.answerNothing(false);
        assertThat(served).containsExactly(first, other);
    }

    @Test
    void anotherRequestThanThatOfOneWhoHasLeftIsServedNext() {
        AtomicBoolean gone = new AtomicBoolean();
        ConsumeRequest leaving = request("the request", LONG, gone::get);
        begin(leaving);
        letWait(leaving);
        gone.set(true);
        begin(other);
        assertThat(room.callImpatient()).containsExactly(leaving);
        assertThat(leaving.isOver()).isTrue();
        assertThat(served).containsExactly(leaving, other);
    }

    @Test
    void whoWaitsHoldsItsKey() {
        RequestKey elsewhere = new RequestKey("", "k", "a request of another kind");
        begin(first);
        assertThat(keyed.isHeld(elsewhere)).as("while it is served").isFalse();
        letWait(first);
        assertThat(keyed.isHeld(elsewhere)).isTrue();
        assertThat(keyed.isHeld(new RequestKey("bob", "k", ""))).isFalse();
        assertThat(keyed.isHeld(new RequestKey("", "another", ""))).isFalse();
        begin(second);
        assertThat(room.call(1)).containsExactly(second);
        assertThat(keyed.isHeld(elsewhere)).as("while it is called out").isTrue();
        begin(third);
        second.answerNothing(false);
        assertThat(keyed.isHeld(elsewhere)).as("while the next is served").isFalse();
    }

    /** Who is answered lets the next one begin, and that one may need a lock whose owner waits for the room. */
    @Test
    void nobodyIsAnsweredByTheRoom() {
        AtomicBoolean gone = new AtomicBoolean();
        ConsumeRequest leaving = request("the request", LONG, gone::get);
        begin(leaving);
        letWait(leaving);
        gone.set(true);
        assertThat(room.call(1)).containsExactly(leaving);
        assertThat(room.call(1)).isEmpty();
        assertNotAnswered(leaving);
    }

    @Test
    void nobodyStandsBehindAnotherForTooLong() {
        begin(first, second, third);
        later.forEach(Runnable::run);
        assertInProgress(second, third);
        assertNotAnswered(first);
        first.answerNothing(false);
        assertThat(served).containsExactly(first);
    }

    @Test
    void whoIsServedMayTakeItsTime() {
        begin(first, second);
        first.answerNothing(false);
        later.forEach(Runnable::run);
        assertNotAnswered(second);
    }

    @Test
    void manyMayStandBehindOne() {
        List<ConsumeRequest> many =
                Stream.generate(KeyedConsumersTest::request).limit(10_000).toList();
        KeyedConsumers hopeless = new KeyedConsumers(
                store,
                room,
                request -> {
                    if (request != first) {
                        request.answerNothing(false);
                    }
                },
                later::add);
        hopeless.begin(first);
        many.forEach(hopeless::begin);
        first.answerNothing(false);
        assertThat(many).extracting(ConsumeRequest::answer).allMatch(CompletableFuture::isDone);
    }
}
