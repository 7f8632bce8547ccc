/** Workflows: stored with their entry in the outbox, found, listed, changed. */
@NullMarked
package dev.workflow.postgres.workflow;

import org.jspecify.annotations.NullMarked;
