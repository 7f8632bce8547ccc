/** Deliveries: how workflows are handed over, and what becomes of those that are leased. Makes use of how workflows are kept. */
@NullMarked
package dev.workflow.postgres.delivery;

import org.jspecify.annotations.NullMarked;
