package dev.workflow.rest;

import dev.workflow.contracts.SettableClock;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;

/** Tests that move the clock of their service, which is empty when each begins. */
abstract class ClockedServiceTest extends ServiceTest {
    SettableClock clock;

    @Override
    final TestService newService() {
        clock = new SettableClock(Instant.parse("2026-11-25T10:00:00.25Z"));
        return TestService.start(clock);
    }

    @BeforeEach
    final void empty() {
        startAgain();
    }
}
