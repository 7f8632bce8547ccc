package dev.workflow.domain;

import java.time.Instant;
import java.util.UUID;

/**
 * What a message says: this workflow was made claimable at that time by the database's clock. A hint; the database is the
 * truth. It is stale when the workflow has been made claimable again since: that is what a newer message is for, which stands
 * further back.
 */
public record QueueEntry(UUID workflowId, Instant queuedAt) {}
