package dev.workflow.rest;

import dev.workflow.domain.ChangeOutcome;
import dev.workflow.domain.Keyed;
import dev.workflow.domain.Listing;
import dev.workflow.domain.StatusChange;
import dev.workflow.domain.Submission;
import dev.workflow.domain.SubmitOutcome;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.port.WorkflowRepository;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Fails in a way that no port may. */
final class BrokenRepository implements WorkflowRepository {
    private static RuntimeException failure() {
        return new IllegalStateException("SELECT * FROM dev.workflow at java.lang", new StackOverflowError());
    }

    @Override
    public List<Keyed<SubmitOutcome>> insert(List<Submission> submissions) {
        throw failure();
    }

    @Override
    public Optional<Workflow> find(UUID id) {
        throw failure();
    }

    @Override
    public List<Workflow> page(Listing listing) {
        throw failure();
    }

    @Override
    public Keyed<ChangeOutcome> changeStatus(StatusChange change) {
        throw failure();
    }
}
