/**
 * Deliveries: how workflows are handed over, what becomes of those that are leased, and how the dead come back. Makes use of how
 * workflows are kept.
 */
@NullMarked
package dev.workflow.postgres.delivery;

import org.jspecify.annotations.NullMarked;
