package dev.workflow.contracts;

import static dev.workflow.contracts.Outcomes.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.domain.ChangeOutcome;
import dev.workflow.domain.Criterion;
import dev.workflow.domain.Listing;
import dev.workflow.domain.QueueEntry;
import dev.workflow.domain.Redrive;
import dev.workflow.domain.RedriveOutcome;
import dev.workflow.domain.State;
import dev.workflow.domain.StateName;
import dev.workflow.domain.Status;
import dev.workflow.domain.StatusChange;
import dev.workflow.domain.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What {@link dev.workflow.domain.port.DeadLetters} does, and what else happens to the dead. */
public abstract class DeadLettersContract extends StoreContract {
    @Test
    void theDeadAreListed() {
        Workflow dead = dead();
        queuedOne();
        assertThat(page(StateName.DEAD)).containsExactly(found(dead.id()));
    }

    @Test
    void allAreRedrivenOldestFirst() {
        Workflow first = dead();
        Workflow second = dead();
        Workflow waiting = queuedOne();

        assertThat(redrive(null)).isEqualTo(new RedriveOutcome(2, List.of(), false));

        assertThat(drainAll()).extracting(QueueEntry::workflowId).containsExactly(first.id(), second.id());
        Workflow after = found(first.id());
        assertThat(after.state()).isEqualTo(new State.Waiting());
        assertThat(after.history().attempts()).isZero();
        assertThat(after.history().lastError()).isEqualTo("no");
        assertThat(after.history().version()).isEqualTo(11 + 1);
        assertThat(found(waiting.id())).isEqualTo(waiting);
        assertThat(redrive(null)).isEqualTo(new RedriveOutcome(0, List.of(), false));
    }

    @Test
    void someAreRedrivenByName() {
        Workflow first = dead();
        Workflow second = dead();
        Workflow waiting = queuedOne();
        UUID unknown = IDS.next();

        assertThat(redrive(List.of(unknown, second.id(), waiting.id())))
                .isEqualTo(new RedriveOutcome(1, List.of(unknown, waiting.id()), false));

        assertThat(drainAll()).extracting(QueueEntry::workflowId).containsExactly(second.id());
        assertThat(page(StateName.DEAD)).extracting(Workflow::id).containsExactly(first.id());
    }

    @Test
    void aStatusChangeTakesADeadOneOut() {
        Workflow dead = dead();
        assertThat(change(dead, Status.INSERTED)).isEqualTo(new ChangeOutcome.Done(found(dead.id())));
        assertThat(found(dead.id()).state()).isInstanceOf(State.Dead.class);

        change(dead, Status.CONSUMED);

        assertThat(found(dead.id()).state()).isInstanceOf(State.Consumed.class);
        assertThat(found(dead.id()).history().attempts()).isEqualTo(5);
        assertThat(page(StateName.DEAD)).isEmpty();
        change(dead, Status.INSERTED);
        assertThat(found(dead.id()).history().attempts()).isZero();
    }

    @Test
    void theDeadAreNeverQueuedAgainByThemselves() {
        Workflow dead = dead();
        store().age(Duration.ofDays(1));
        assertThat(store().upkeep().expire(10)).isZero();
        assertThat(store().upkeep().requeue(store().upkeep().now(), 10)).isZero();
        assertThat(found(dead.id()).state()).isInstanceOf(State.Dead.class);
    }

    private Workflow dead() {
        Workflow workflow = queuedOne();
        worn(workflow, 5);
        drainAll();
        return workflow;
    }

    private RedriveOutcome redrive(@Nullable List<UUID> ids) {
        return fresh(store().deadLetters().redrive(new Redrive(ids, null)));
    }

    private ChangeOutcome change(Workflow workflow, Status to) {
        return fresh(store().workflows().changeStatus(StatusChange.of(workflow.id(), to)));
    }

    private List<Workflow> page(StateName state) {
        return store().workflows().page(Listing.ofAll(100).with(new Criterion.InState(state)));
    }
}
