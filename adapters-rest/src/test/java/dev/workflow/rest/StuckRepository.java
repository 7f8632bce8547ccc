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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers only once it is let go. */
final class StuckRepository implements WorkflowRepository {
    private final WorkflowRepository repository;
    private final CountDownLatch stuck = new CountDownLatch(1);
    private final AtomicInteger count = new AtomicInteger();

    StuckRepository(WorkflowRepository repository) {
        this.repository = repository;
    }

    void letGo() {
        stuck.countDown();
    }

    /** How many have been stuck so far. */
    int count() {
        return count.get();
    }

    private WorkflowRepository whenLetGo() {
        count.incrementAndGet();
        try {
            stuck.await();
            return repository;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public List<Keyed<SubmitOutcome>> insert(List<Submission> submissions) {
        return whenLetGo().insert(submissions);
    }

    @Override
    public Optional<Workflow> find(UUID id) {
        return whenLetGo().find(id);
    }

    @Override
    public List<Workflow> page(Listing listing) {
        return whenLetGo().page(listing);
    }

    @Override
    public Keyed<ChangeOutcome> changeStatus(StatusChange change) {
        return whenLetGo().changeStatus(change);
    }
}
