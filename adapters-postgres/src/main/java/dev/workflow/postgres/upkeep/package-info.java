/** What nobody asks for: removing what is old, ending leases, counting. */
@NullMarked
package dev.workflow.postgres.upkeep;

import org.jspecify.annotations.NullMarked;
