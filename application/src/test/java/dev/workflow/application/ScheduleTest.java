package dev.workflow.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.Eventually;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ScheduleTest {
    private final CountDownLatch again = new CountDownLatch(2);

    private void fail() {
        again.countDown();
        throw new StackOverflowError("A test says so.");
    }

    @Test
    void whatFailsIsDoneAgainEvenAfterAnErrorOfTheJvm() throws InterruptedException {
        try (Schedule schedule = new Schedule()) {
            schedule.every(Duration.ofMillis(1), this::fail);
            again.await();
        }
    }

    @Test
    void soIsWhatIsDoneInTheBackground() throws InterruptedException {
        try (Schedule schedule = new Schedule()) {
            schedule.everyInBackground("test", Duration.ofMillis(1), this::fail);
            again.await();
        }
    }

    @Test
    void whatIsStillBeingDoneIsNotBegunAgain() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger begun = new AtomicInteger();
        CountDownLatch meanwhile = new CountDownLatch(20);
        try (Schedule schedule = new Schedule()) {
            schedule.everyInBackground("test", Duration.ofMillis(1), () -> {
                begun.incrementAndGet();
                Eventually.opens(end);
            });
            schedule.every(Duration.ofMillis(1), meanwhile::countDown);
            meanwhile.await();
            assertThat(begun).hasValue(1);
            end.countDown();
            Eventually.holds("another time", () -> begun.get() > 1);
        }
    }
}
