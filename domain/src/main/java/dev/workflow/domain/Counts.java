package dev.workflow.domain;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many workflows there are.
 *
 * @param byState for each state
 * @param outbox what is on its way to the queue
 * @param oldestWaiting how long the oldest waiting workflow has been waiting; null when none waits
 */
public record Counts(
        Map<StateName, Long> byState, long outbox, @Nullable Duration oldestWaiting) {
    public Counts {
        byState = Map.copyOf(byState);
    }
}
