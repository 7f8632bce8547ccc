package dev.workflow.domain.port;

import dev.workflow.domain.Claim;
import dev.workflow.domain.ClaimOutcome;
import java.util.List;
import java.util.function.Supplier;

/** Where workflows change hands. */
public interface DeliveryRepository {
    /**
     * Consumes what the claims name, each workflow at most once, in one transaction.
     *
     * @param claims called once the database is there, so that nothing is taken from the queue for a database that is away;
     *     what it throws ends the transaction and is passed on. No two of its claims name the same workflow.
     * @return one outcome for each claim, in their order
     */
    List<ClaimOutcome> claim(Supplier<List<Claim>> claims);
}
