package dev.workflow.domain;

import java.util.List;

/** What became of one submission of a batch. */
public sealed interface SubmitOutcome {
    /** Committed, and certain to reach the queue. */
    record Stored(List<Workflow> workflows) implements SubmitOutcome {
        public Stored {
            workflows = List.copyOf(workflows);
        }
    }

    /**
     * The database cannot hold it. Nothing of the submission was stored.
     *
     * @param detail why, fit for the one who sent it
     */
    record Refused(String detail) implements SubmitOutcome {}

    /** What else is in the same batch may be stored all the same. */
    record Failed(Fault fault) implements SubmitOutcome {}
}
