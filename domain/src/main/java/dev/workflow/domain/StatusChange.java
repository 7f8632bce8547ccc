package dev.workflow.domain;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A wish to change a status.
 *
 * @param onlyVersions the change is made only at one of these versions; null: at any
 */
public record StatusChange(
        UUID id,
        Status to,
        @Nullable Set<Long> onlyVersions,
        @Nullable RequestKey key) {
    /** At any version, and without a key. */
    public static StatusChange of(UUID id, Status to) {
        return new StatusChange(id, to, null, null);
    }
}
