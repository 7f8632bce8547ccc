package dev.workflow.application;

import dev.workflow.domain.Rendition;
import dev.workflow.domain.Workflow;
import java.util.List;
import java.util.UUID;

/** What a consumer gets. */
public sealed interface ConsumeOutcome {
    record Delivered(UUID deliveryId, List<Workflow> workflows, Rendition rendition) implements ConsumeOutcome {
        public Delivered {
            workflows = List.copyOf(workflows);
        }
    }

    /**
     * There is nothing to be had now.
     *
     * @param moreToCome something is on its way to the queue, or this instance is stopping: asking again makes sense
     */
    record Nothing(boolean moreToCome) implements ConsumeOutcome {}
}
