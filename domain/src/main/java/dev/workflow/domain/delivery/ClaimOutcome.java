package dev.workflow.domain.delivery;

import dev.workflow.domain.Fault;
import dev.workflow.domain.csv.Rendition;
import java.util.List;
import java.util.UUID;

/** What became of one claim of a batch. */
public sealed interface ClaimOutcome {
    /**
     * Committed.
     *
     * @param leftOver workflows of the claim that could be had and were not taken, since the answer would have become too
     *     large, or one of them is on its last attempt and is delivered alone; in the order of the claim
     */
    record Delivered(Delivery delivery, Rendition rendition, List<UUID> leftOver) implements ClaimOutcome {
        public Delivered {
            leftOver = List.copyOf(leftOver);
        }
    }

    /** None of the workflows was there to be had: consumed meanwhile, a duplicate or a stale message, or unknown. */
    record NotClaimable() implements ClaimOutcome {}

    /** There was no room for its answer beside those of the claims before it. It stands as if it had not been made. */
    record NotTried() implements ClaimOutcome {}

    record Failed(Fault fault) implements ClaimOutcome {}
}
