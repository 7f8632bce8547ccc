package dev.workflow.domain;

import java.time.Duration;

/**
 * What a store decides by rule.
 *
 * @param maxAttempts after so many deliveries that were not acknowledged a workflow is dead
 * @param keysLast how long a {@link RequestKey} is known
 */
public record StorePolicy(int maxAttempts, Duration keysLast) {
    public static final StorePolicy DEFAULT = new StorePolicy(5, Duration.ofHours(24));
}
