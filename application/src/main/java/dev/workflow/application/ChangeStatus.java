package dev.workflow.application;

import dev.workflow.domain.ChangeOutcome;
import dev.workflow.domain.Keyed;
import dev.workflow.domain.RequestKey;
import dev.workflow.domain.Status;
import dev.workflow.domain.StatusChange;
import dev.workflow.domain.port.WorkflowRepository;
import java.util.function.Predicate;

/** Sets the status of a workflow; one that is {@code inserted} again goes to the back of the queue. */
public final class ChangeStatus {
    private final WorkflowRepository repository;
    private final RelayOutbox relay;
    private final OneAtATime oneAtATime;

    /** @param isHeld whether a consumer waits with a key */
    public ChangeStatus(WorkflowRepository repository, RelayOutbox relay, Predicate<RequestKey> isHeld) {
        this.repository = repository;
        this.relay = relay;
        this.oneAtATime = new OneAtATime(isHeld);
    }

    public Keyed<ChangeOutcome> change(StatusChange change) {
        return oneAtATime.runNow(change.key(), () -> {
            Keyed<ChangeOutcome> outcome = repository.changeStatus(change);
            if (change.to() == Status.INSERTED) {
                relay.wake();
            }
            return outcome;
        });
    }
}
