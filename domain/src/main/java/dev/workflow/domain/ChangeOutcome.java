package dev.workflow.domain;

/** What became of a status change. */
public sealed interface ChangeOutcome {
    /** The workflow has the status that was asked for, changed now or so before. */
    record Done(Workflow workflow) implements ChangeOutcome {}

    /** The workflow has another version than those named; nothing was changed. */
    record PreconditionFailed() implements ChangeOutcome {}

    record UnknownWorkflow() implements ChangeOutcome {}
}
