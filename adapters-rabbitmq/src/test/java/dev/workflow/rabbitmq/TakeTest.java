package dev.workflow.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.domain.QueueEntry;
import dev.workflow.domain.port.WorkflowQueue.Message;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TakeTest {
    private static final Message FIRST = message(1, -1);
    private static final Message SECOND = message(2, 1);
    private static final Message THIRD = message(2, -1);

    @Test
    void whatOvertookOnTheWayIsPutInOrderAgain() {
        Take take = new Take(3);
        take(take, THIRD, FIRST, SECOND);

        take.complete();

        assertThat(take.outcome().join()).containsExactly(FIRST, SECOND, THIRD);
    }

    @Test
    void asksForNoMoreThanItWants() {
        Take take = new Take(2);
        take.asked();
        assertThat(take.wantsMore()).isTrue();
        take.asked();
        assertThat(take.wantsMore()).isFalse();
        assertThat(take.isDone()).isFalse();

        take.got(FIRST);
        assertThat(take.wantsMore()).isFalse();
        take.got(SECOND);

        assertThat(take.isDone()).isTrue();
    }

    @Test
    void theEndOfTheQueueIsTheEndOnceAllHaveAnswered() {
        Take take = new Take(5);
        take.asked();
        take.asked();

        take.gotNothing();
        assertThat(take.wantsMore()).isFalse();
        assertThat(take.isDone()).isFalse();
        take.got(FIRST);

        assertThat(take.isDone()).isTrue();
    }

    @Test
    void aForeignMessageDoesNotCount() {
        Take take = new Take(1);
        take.asked();
        take.gotForeign();

        assertThat(take.isDone()).isFalse();
        assertThat(take.wantsMore()).isTrue();
    }

    private static void take(Take take, Message... messages) {
        for (Message message : messages) {
            take.asked();
            take.got(message);
        }
    }

    private static Message message(int second, long id) {
        QueueEntry entry = new QueueEntry(new UUID(1, id), Instant.ofEpochSecond(second));
        return () -> entry;
    }
}
