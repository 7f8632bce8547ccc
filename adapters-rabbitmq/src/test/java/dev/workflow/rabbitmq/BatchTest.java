package dev.workflow.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.domain.Fault;
import dev.workflow.domain.QueueEntry;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchTest {
    private static final Fault.Unavailable AWAY = new Fault.Unavailable("away");
    private static final long FIRST = 1000;

    private final Batch batch = new Batch(IntStream.range(0, 5)
            .mapToObj(i -> new QueueEntry(new UUID(1, i), Instant.EPOCH))
            .toList());

    BatchTest() {
        batch.begin(FIRST);
    }

    @Test
    void isDoneWhenEachIsAnswered() {
        batch.answered(FIRST + 4, false, true);
        batch.answered(FIRST + 1, true, true);
        batch.answered(FIRST + 3, false, true);
        assertThat(batch.isDone()).isFalse();

        batch.answered(FIRST + 2, false, true);

        assertThat(published()).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void oneAnswerMayDoForAll() {
        batch.answered(FIRST + 4, true, true);

        assertThat(published()).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void anAnswerForManyDoesNotChangeThoseBeforeIt() {
        batch.answered(FIRST + 1, false, false);
        batch.answered(FIRST + 4, true, true);

        assertThat(published()).containsExactly(0, 2, 3, 4);
    }

    @Test
    void refusedIsNotPublished() {
        batch.answered(FIRST + 2, true, true);
        batch.answered(FIRST + 4, true, false);

        assertThat(published()).containsExactly(0, 1, 2);
    }

    @Test
    void returnedIsNotPublishedThoughConfirmed() {
        batch.returned(FIRST + 3);
        batch.answered(FIRST + 4, true, true);

        assertThat(published()).containsExactly(0, 1, 2, 4);
    }

    @Test
    void allReturnedIsAnAnswer() {
        IntStream.range(0, 5).forEach(i -> batch.returned(FIRST + i));
        batch.answered(FIRST + 4, true, true);

        assertThat(published()).isEmpty();
    }

    @Test
    void answersToOtherBatchesAreNotMine() {
        batch.answered(FIRST - 1, true, true);
        batch.answered(FIRST - 1, false, true);
        batch.returned(FIRST - 1);
        batch.returned(FIRST + 5);
        batch.answered(1, false, true);

        assertThat(batch.isDone()).isFalse();
        batch.fail(AWAY);
        assertThat(batch.outcome()).isCompletedExceptionally();
    }

    @Test
    void answersBeforeTheFirstMessageAreNotMine() {
        Batch waiting = new Batch(batch.entries());

        waiting.answered(7, true, true);
        waiting.returned(7);

        assertThat(waiting.isDone()).isFalse();
    }

    @Test
    void failsWithTheReasonWhenNothingIsSafe() {
        batch.answered(FIRST, false, false);
        batch.fail(AWAY);

        assertThat(batch.outcome())
                .failsWithin(java.time.Duration.ZERO)
                .withThrowableThat()
                .withCause(AWAY);
    }

    @Test
    void keepsWhatIsSafeWhenItFails() {
        batch.answered(FIRST + 1, true, true);
        batch.fail(AWAY);
        batch.answered(FIRST + 4, true, true);

        assertThat(published()).containsExactly(0, 1);
    }

    private List<Integer> published() {
        return batch.outcome().getNow(new java.util.BitSet()).stream().boxed().toList();
    }
}
