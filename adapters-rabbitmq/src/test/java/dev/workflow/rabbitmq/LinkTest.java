package dev.workflow.rabbitmq;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LinkTest {
    private final CountDownLatch again = new CountDownLatch(2);

    private PublishSession fail() {
        again.countDown();
        throw new OutOfMemoryError("unable to create native thread, a test says");
    }

    @Test
    void connectsAgainEvenAfterAnErrorOfTheJvm() throws InterruptedException {
        try (Link<PublishSession> link = new Link<>("test", "nowhere", this::fail, () -> {})) {
            link.start();
            again.await();
        }
    }
}
