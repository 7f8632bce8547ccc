package dev.workflow.domain;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What has happened to a workflow so far.
 *
 * @param attempts finished deliveries that were not acknowledged
 * @param lastError the newest refusal's text, or null
 * @param deliveryId the newest delivery, or null before the first
 * @param version raised by one with each change; what the {@code ETag} shows
 */
public record History(
        int attempts, @Nullable String lastError, @Nullable UUID deliveryId, long version) {
    /** The history of a workflow that was just stored. */
    static final History NEW = new History(0, null, null, 1);
}
