package dev.workflow.domain;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A wish to put dead workflows back in the queue.
 *
 * @param workflowIds null: all there are, oldest first, at most {@link #MAX}
 */
public record Redrive(
        @Nullable List<UUID> workflowIds, @Nullable RequestKey key) {
    public static final int MAX = 10_000;
}
