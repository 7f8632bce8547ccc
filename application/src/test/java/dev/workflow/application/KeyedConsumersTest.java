package dev.workflow.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.domain.DeliveryTerms;
import dev.workflow.domain.Keyed;
import dev.workflow.domain.RequestKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyedConsumersTest {
    private final WaitingRoom room = new WaitingRoom();
    private final List<ConsumeRequest> served = new ArrayList<>();
    private final List<Runnable> later = new ArrayList<>();
    private final KeyedConsumers keyed = new KeyedConsumers(room, served::add, later::add);
    private final ConsumeRequest first = request();
    private final ConsumeRequest second = request();

    private static ConsumeRequest request() {
        DeliveryTerms terms = new DeliveryTerms(Instance.DATA, null, new RequestKey("", "k", ""));
        return new ConsumeRequest(new ConsumeOrder(terms, 1, Duration.ofMinutes(1), () -> false), 0);
    }

    private void beginBoth() {
        keyed.begin(first);
        keyed.begin(second);
        assertThat(served).as("the second stands behind the first").containsExactly(first);
    }

    @Test
    void whoStandsBehindAnotherWaitsInItsPlace() {
        beginBoth();
        assertThat(keyed.enterRoom(List.of(first), room.arrivals())).isEmpty();
        assertThat(first.answer()).isCompletedWithValue(new Keyed.InProgress<>());
        assertThat(room.call(10)).containsExactly(second);
    }

    @Test
    void whoTookAPlaceIsServedAgainWhenSomethingHasArrived() {
        beginBoth();
        long seen = room.arrivals();
        room.arrived();
        assertThat(keyed.enterRoom(List.of(first), seen)).containsExactly(second);
        assertThat(first.answer()).isCompletedWithValue(new Keyed.InProgress<>());
        assertThat(second.answer()).isNotDone();
    }

    @Test
    void nobodyStandsBehindAnotherForTooLong() {
        beginBoth();
        later.forEach(Runnable::run);
        assertThat(second.answer()).isCompletedWithValue(new Keyed.InProgress<>());
        assertThat(first.answer()).isNotDone();
        first.answerNothing(false);
        assertThat(served).containsExactly(first);
    }

    @Test
    void whoIsServedMayTakeItsTime() {
        beginBoth();
        first.answerNothing(false);
        later.forEach(Runnable::run);
        assertThat(second.answer()).isNotDone();
    }

    @Test
    void theNextIsServedWhenTheFirstIsAnswered() {
        beginBoth();
        first.answerNothing(false);
        assertThat(served).containsExactly(first, second);
    }
}
