package dev.workflow.domain;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One page of the list, oldest first.
 *
 * @param status only workflows with this status; null: all
 * @param after only workflows with later ids; null: from the first
 * @param limit at most this many
 */
public record Listing(@Nullable Status status, @Nullable UUID after, int limit) {
    public Listing after(UUID last) {
        return new Listing(status, last, limit);
    }
}
