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

/** Stores nothing. */
record RefusingRepository(WorkflowRepository repository) implements WorkflowRepository {
    @Override
    public List<Keyed<SubmitOutcome>> insert(List<Submission> submissions) {
        return submissions.stream()
                .<Keyed<SubmitOutcome>>map(submission ->
                        new Keyed.Fresh<>(new SubmitOutcome.Refused("It cannot be held because I say so.")))
                .toList();
    }

    @Override
    public Optional<Workflow> find(UUID id) {
        return repository.find(id);
    }

    @Override
    public List<Workflow> page(Listing listing) {
        return repository.page(listing);
    }

    @Override
    public Keyed<ChangeOutcome> changeStatus(StatusChange change) {
        return repository.changeStatus(change);
    }
}
