package dev.workflow.application;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
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
}
