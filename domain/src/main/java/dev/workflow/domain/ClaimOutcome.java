package dev.workflow.domain;

import java.util.List;

/** What became of one claim of a batch. */
public sealed interface ClaimOutcome {
    /**
     * Committed.
     *
     * @param workflows those that were claimed, as they are after it, in the order of the claim; never empty
     */
    record Delivered(List<Workflow> workflows, Rendition rendition) implements ClaimOutcome {
        public Delivered {
            workflows = List.copyOf(workflows);
        }
    }

    /** None of the workflows was there to be had: consumed meanwhile, a duplicate message, or unknown. */
    record NotClaimable() implements ClaimOutcome {}

    record Failed(Fault fault) implements ClaimOutcome {}
}
