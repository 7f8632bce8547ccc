/** Idempotency keys in the database, and batches whose members do not take one another with them. */
@NullMarked
package dev.workflow.postgres.key;

import org.jspecify.annotations.NullMarked;
