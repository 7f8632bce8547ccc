package dev.workflow.postgres.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LogThrottleTest {
    private final List<String> said = new ArrayList<>();
    private long now;
    private final LogThrottle seldom = new LogThrottle(said::add, () -> now);

    @Test
    void theSameAgainIsCountedAndTheCountIsSaidLater() {
        for (int i = 0; i < 1000; i++) {
            seldom.say("full");
        }
        assertThat(said).containsExactly("full");

        now += LogThrottle.WHILE.toNanos();
        seldom.say("full");
        assertThat(said).containsExactly("full", "full (and 999 times more since this was said last)");

        now += LogThrottle.WHILE.toNanos();
        seldom.say("full");
        assertThat(said).hasSize(3).endsWith("full");
    }

    @Test
    void anythingElseIsSaidAtOnce() {
        seldom.say("full");
        seldom.say("read-only");
        seldom.say("full");
        assertThat(said).containsExactly("full", "read-only");
    }
}
