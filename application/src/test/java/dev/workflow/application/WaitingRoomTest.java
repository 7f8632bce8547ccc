package dev.workflow.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.domain.delivery.DeliveryTerms;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitingRoomTest {
    private static final DeliveryTerms TERMS = DeliveryTerms.finalIn(Instance.DATA);
    private static final Duration LONG = Duration.ofHours(1);

    private final WaitingRoom room = new WaitingRoom();
    private boolean secondHasLeft;
    private final ConsumeRequest first = request();
    private final ConsumeRequest second = new ConsumeRequest(new ConsumeOrder(TERMS, 1, LONG, () -> secondHasLeft), 0);
    private final ConsumeRequest third = request();

    private static ConsumeRequest request() {
        return new ConsumeRequest(new ConsumeOrder(TERMS, 1, LONG, () -> false), 0);
    }

    private void letAllWait() {
        assertThat(room.enter(List.of(third, first, second), room.arrivals())).isTrue();
    }

    @Test
    void whoCameFirstIsCalledFirst() {
        letAllWait();
        assertThat(room.call(2)).containsExactly(first, second);
    }

    @Test
    void nobodyIsCalledWhileAnotherIsOut() {
        letAllWait();
        assertThat(room.call(1)).containsExactly(first);
        assertThat(room.call(2)).isEmpty();
        assertThat(room.back(List.of(request()))).as("not the one who is out").isEmpty();
        assertThat(room.back(List.of(first))).containsExactly(second, third);
    }

    @Test
    void whoIsAnsweredIsNotOutAnyMore() {
        letAllWait();
        room.call(1);
        first.answerNothing(false);
        assertThat(room.call(1)).containsExactly(second);
    }

    @Test
    void whoIsBackInTheRoomIsStillTheFirst() {
        letAllWait();
        room.call(1);
        room.enter(List.of(first), room.arrivals());
        room.back(List.of(first));
        assertThat(room.call(1)).containsExactly(first);
    }

    @Test
    void whoHasLeftIsCalledBesideTheOthers() {
        letAllWait();
        room.call(1);
        room.back(List.of(first));
        secondHasLeft = true;
        assertThat(room.call(1)).containsExactly(second, third);
    }

    @Test
    void nobodyEntersOnceSomethingHasArrived() {
        long seen = room.arrivals();
        room.arrived();
        assertThat(room.enter(List.of(first), seen)).isFalse();
        assertThat(room.call(1)).isEmpty();
    }

    /** Where nobody waits there may be something. */
    @Test
    void aNewcomerStandsBehindThoseWhoWait() {
        ConsumeRequest newcomer = request();
        assertThat(room.queueUp(newcomer)).isFalse();
        letAllWait();
        assertThat(room.queueUp(newcomer)).isTrue();
        assertThat(room.call(4)).containsExactly(first, second, third, newcomer);
    }

    @Test
    void whoHasLostPatienceOrLeftIsCalledOut() {
        ConsumeRequest impatient = new ConsumeRequest(new ConsumeOrder(TERMS, 1, Duration.ZERO, () -> false), 0);
        letAllWait();
        room.queueUp(impatient);
        secondHasLeft = true;
        assertThat(room.callImpatient()).containsExactly(second, impatient);
        assertThat(room.callImpatient()).isEmpty();
        assertThat(room.close()).containsExactly(first, third);
    }

    @Test
    void nobodyWaitsInARoomThatIsClosed() {
        letAllWait();
        assertThat(room.close()).containsExactly(first, second, third);
        assertThat(room.enter(List.of(first), room.arrivals())).isFalse();
        assertThat(room.queueUp(second)).isFalse();
    }
}
