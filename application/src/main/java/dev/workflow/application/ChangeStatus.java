package dev.workflow.application;

import dev.workflow.domain.ChangeOutcome;
import dev.workflow.domain.Status;
import dev.workflow.domain.StatusChange;
import dev.workflow.domain.port.WorkflowRepository;

/** Sets the status of a workflow; one that is {@code inserted} again goes to the back of the queue. */
public final class ChangeStatus {
    private final WorkflowRepository repository;
    private final RelayOutbox relay;

    public ChangeStatus(WorkflowRepository repository, RelayOutbox relay) {
        this.repository = repository;
        this.relay = relay;
    }

    public ChangeOutcome change(StatusChange change) {
        ChangeOutcome outcome = repository.changeStatus(change);
        if (change.to() == Status.INSERTED) {
            relay.wake();
        }
        return outcome;
    }
}
