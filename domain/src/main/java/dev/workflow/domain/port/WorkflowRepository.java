package dev.workflow.domain.port;

import dev.workflow.domain.ChangeOutcome;
import dev.workflow.domain.Keyed;
import dev.workflow.domain.Listing;
import dev.workflow.domain.StatusChange;
import dev.workflow.domain.Submission;
import dev.workflow.domain.SubmitOutcome;
import dev.workflow.domain.Workflow;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Where workflows are kept for good. */
public interface WorkflowRepository {
    /**
     * Stores the submissions of a batch, each all or none, together with what makes them reach the queue. One that cannot be
     * stored does not take the others with it; one whose key was used before is not stored again. No two have the same key.
     *
     * @return one outcome for each submission, in their order
     */
    List<Keyed<SubmitOutcome>> insert(List<Submission> submissions);

    Optional<Workflow> find(UUID id);

    /**
     * At most {@link Listing#limit} workflows in the order of the listing; fewer where they are large, so that no page fills the
     * memory. Only an empty page tells that there are no more.
     */
    List<Workflow> page(Listing listing);

    /** Changes a status and, where that makes the workflow claimable, writes what makes it reach the queue. */
    Keyed<ChangeOutcome> changeStatus(StatusChange change);
}
