/** What happens without a request: what is old is removed, leases end, the lost is queued again; and the counts that are kept of all. */
@NullMarked
package dev.workflow.postgres.upkeep;

import org.jspecify.annotations.NullMarked;
