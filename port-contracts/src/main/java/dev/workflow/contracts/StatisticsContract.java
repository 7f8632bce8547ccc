package dev.workflow.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.domain.Counts;
import dev.workflow.domain.QueueEntry;
import dev.workflow.domain.StateName;
import dev.workflow.domain.Status;
import dev.workflow.domain.StatusChange;
import dev.workflow.domain.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What {@link dev.workflow.domain.port.Statistics} tell. */
public abstract class StatisticsContract extends StoreContract {
    @Test
    void anEmptyStoreHasNothing() {
        Counts counts = store().statistics().counts();
        assertThat(counts.byState())
                .isEqualTo(Map.of(
                        StateName.WAITING,
                        0L,
                        StateName.DELAYED,
                        0L,
                        StateName.LEASED,
                        0L,
                        StateName.DEAD,
                        0L,
                        StateName.CONSUMED,
                        0L));
        assertThat(counts.outbox()).isZero();
        assertThat(counts.oldestWaiting()).isNull();
        assertThat(store().statistics().anyWaiting()).isFalse();
    }

    @Test
    void whatNobodyHasGotWaitsWhereverItsMessageIs() {
        Workflow workflow = stored("1").getFirst();
        assertThat(store().statistics().anyWaiting()).isTrue();
        drainAll();
        assertThat(store().statistics().anyWaiting()).isTrue();

        leased(MINUTE, workflow);
        assertThat(store().statistics().anyWaiting()).isFalse();
    }

    @Test
    void whatIsDelayedDeadOrConsumedDoesNotWait() {
        List<Workflow> all = stored("1", "2", "3");
        drainAll();
        refused(all.get(0), Duration.ofHours(1));
        worn(all.get(1), 5);
        claim(all.get(2));

        assertThat(store().statistics().anyWaiting()).isFalse();
    }

    @Test
    void everyStateIsCounted() {
        List<Workflow> all = stored("1", "2", "3", "4", "5", "6", "7");
        drainAll();
        refused(all.get(1), Duration.ofHours(1));
        leased(Duration.ofHours(1), all.get(2));
        worn(all.get(3), 5);
        claim(all.get(4));
        claim(all.get(5));
        drainAll();
        store().age(MINUTE);
        refused(all.get(0), Duration.ZERO);

        store().statistics().recount();
        Counts counts = store().statistics().counts();

        assertThat(counts.byState())
                .isEqualTo(Map.of(
                        StateName.WAITING,
                        2L,
                        StateName.DELAYED,
                        1L,
                        StateName.LEASED,
                        1L,
                        StateName.DEAD,
                        1L,
                        StateName.CONSUMED,
                        2L));
        assertThat(counts.outbox()).isEqualTo(1);
        assertThat(counts.oldestWaiting()).isBetween(MINUTE, MINUTE.multipliedBy(5));
    }

    @Test
    void whatIsQueuedAgainBecauseItWasLostWaitsSinceBefore() {
        lostTwice(queuedOne());
        assertThat(oldestWaiting()).isBetween(MINUTE.multipliedBy(2), MINUTE.multipliedBy(5));
    }

    @Test
    void whatWasDeliveredWaitsAnew() {
        Workflow workflow = queuedOne();
        lostTwice(workflow);
        refused(workflow, Duration.ZERO);
        assertThat(oldestWaiting()).as("refused").isLessThan(MINUTE);

        lostTwice(workflow);
        leased(MINUTE, workflow);
        store().age(MINUTE);
        assertThat(store().upkeep().expire(10)).isEqualTo(1);
        assertThat(oldestWaiting()).as("expired").isLessThan(MINUTE);

        lostTwice(workflow);
        store().deliveries().giveBack(leased(MINUTE, workflow).id());
        assertThat(oldestWaiting()).as("given back").isLessThan(MINUTE);
    }

    @Test
    void whatWaitsAlreadyWhenItsDeliveryIsGivenBackWaitsSinceBefore() {
        Workflow workflow = queuedOne();
        UUID delivery =
                delivered(claim(claimOf(workflow)).getFirst()).delivery().id();
        store().workflows().changeStatus(StatusChange.of(workflow.id(), Status.INSERTED));
        lostTwice(workflow);
        store().deliveries().giveBack(delivery);
        assertThat(oldestWaiting()).isGreaterThan(MINUTE);
    }

    private void lostTwice(Workflow workflow) {
        for (int i = 0; i < 2; i++) {
            drainAll();
            store().age(MINUTE);
            assertThat(store().upkeep().requeue(store().upkeep().now(), 10)).isEqualTo(1);
        }
        assertThat(drainAll()).extracting(QueueEntry::workflowId).containsExactly(workflow.id());
    }

    private Duration oldestWaiting() {
        return Objects.requireNonNull(store().statistics().counts().oldestWaiting());
    }
}
