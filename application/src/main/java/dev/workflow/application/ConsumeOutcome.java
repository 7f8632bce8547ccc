package dev.workflow.application;

import dev.workflow.domain.csv.Rendition;
import dev.workflow.domain.delivery.Delivery;

/** What a consumer gets. */
public sealed interface ConsumeOutcome {
    record Delivered(Delivery delivery, Rendition rendition) implements ConsumeOutcome {}

    /**
     * There is nothing to be had now.
     *
     * @param moreToCome something is on its way to the queue, or this instance is stopping: asking again makes sense
     */
    record Nothing(boolean moreToCome) implements ConsumeOutcome {}

    /** What was delivered under the same key before has been removed for good. */
    record Gone() implements ConsumeOutcome {}
}
