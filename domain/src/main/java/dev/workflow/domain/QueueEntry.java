package dev.workflow.domain;

import java.time.Instant;
import java.util.UUID;

/**
 * What a message says: this workflow was made claimable at that time by the database's clock. A hint; the database is the
 * truth.
 */
public record QueueEntry(UUID workflowId, Instant queuedAt) {}
