/** Workflows: stored, found, listed, changed; and the outbox that takes them to the queue. */
@NullMarked
package dev.workflow.postgres.workflow;

import org.jspecify.annotations.NullMarked;
