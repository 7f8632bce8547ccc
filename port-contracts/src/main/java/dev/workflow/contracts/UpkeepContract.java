package dev.workflow.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.workflow.domain.Listing;
import dev.workflow.domain.QueueEntry;
import dev.workflow.domain.StateName;
import dev.workflow.domain.Status;
import dev.workflow.domain.StatusChange;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.delivery.Delivery;
import dev.workflow.domain.delivery.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What an {@link dev.workflow.domain.port.Upkeep} does. */
public abstract class UpkeepContract extends StoreContract {
    @Test
    void nothingWaitsBehindAnEmptyOutbox() {
        queuedOne();
        Instant before = store().upkeep().now();
        assertThat(store().upkeep().publishedBefore()).isAfterOrEqualTo(before);
    }

    @Test
    void theOldestEntryOfTheOutboxIsTheMark() {
        storedOne();
        store().age(MINUTE);
        storedOne();
        Instant mark = store().upkeep().publishedBefore();
        List<QueueEntry> entries = drainAll();
        assertThat(mark).isEqualTo(entries.getFirst().queuedAt());
        assertThat(entries.getLast().queuedAt()).isAfterOrEqualTo(mark.plus(MINUTE));
    }

    @Test
    void aLostWorkflowIsQueuedAgainOnce() {
        Workflow workflow = queuedOne();
        store().age(MINUTE);
        Instant mark = store().upkeep().now().minusSeconds(30);

        assertThat(store().upkeep().requeue(mark, 10)).isEqualTo(1);
        assertThat(store().upkeep().requeue(mark, 10)).isZero();

        List<QueueEntry> entries = drainAll();
        assertThat(entries).extracting(QueueEntry::workflowId).containsExactly(workflow.id());
        assertThat(entries.getFirst().queuedAt()).isAfterOrEqualTo(mark.plusSeconds(30));
        assertThat(store().upkeep().requeue(mark, 10)).isZero();
        assertThat(found(workflow.id())).isEqualTo(workflow);
    }

    @Test
    void whatWasQueuedLaterIsLeftAlone() {
        Workflow lost = queuedOne();
        store().age(MINUTE);
        queuedOne();
        assertThat(store().upkeep().requeue(store().upkeep().now().minusSeconds(30), 10))
                .isEqualTo(1);
        assertThat(drained()).containsExactly(lost.id());
    }

    @Test
    void whatIsStillInTheOutboxIsLeftAlone() {
        Workflow waiting = storedOne();
        store().age(MINUTE);
        assertThat(store().upkeep().requeue(store().upkeep().now(), 10)).isZero();
        assertThat(drained()).containsExactly(waiting.id());
    }

    @Test
    void whatIsConsumedIsLeftAlone() {
        claim(queuedOne());
        store().workflows().changeStatus(StatusChange.of(queuedOne().id(), Status.CONSUMED));
        store().age(MINUTE);
        assertThat(store().upkeep().requeue(store().upkeep().now(), 10)).isZero();
        assertThat(store().outbox().isEmpty()).isTrue();
    }

    @Test
    void theOldestIsQueuedAgainFirst() {
        Workflow patched = queuedOne();
        Workflow first = queuedOne();
        store().age(MINUTE);
        Workflow second = queuedOne();
        store().age(MINUTE);
        requeuedByHand(patched);
        store().age(MINUTE);
        Instant now = store().upkeep().now();

        assertThat(store().upkeep().requeue(now, 1)).isEqualTo(1);
        assertThat(drained()).containsExactly(first.id());
        assertThat(store().upkeep().requeue(now, 10)).isEqualTo(2);
        assertThat(drained()).containsExactly(second.id(), patched.id());
    }

    /** Otherwise nobody would get it until that time comes again. */
    @Test
    void whatWasQueuedBeforeTheClockWasSetBackIsQueuedAgainOnce() {
        Workflow workflow = queuedOne();
        store().age(MINUTE.negated());
        Instant start = store().upkeep().now();

        assertThat(store().upkeep().requeue(start, 10)).isEqualTo(1);
        assertThat(store().upkeep().requeue(start, 10)).isZero();
        assertThat(drained()).containsExactly(workflow.id());
        assertThat(store().statistics().counts().oldestWaiting()).isEqualTo(Duration.ZERO);
    }

    @Test
    void whatIsConsumedForLongIsRemoved() {
        Workflow old = queuedOne();
        claim(old);
        Workflow waiting = queuedOne();
        store().age(MINUTE);
        Workflow young = queuedOne();
        claim(young);

        assertThat(purge(StateName.CONSUMED, Duration.ofSeconds(30), 10)).isEqualTo(1);
        assertThat(purge(StateName.CONSUMED, Duration.ofSeconds(30), 10)).isZero();

        assertThat(store().workflows().find(old.id())).isEmpty();
        assertThat(store().workflows().page(Listing.ofAll(10)))
                .extracting(Workflow::id)
                .containsExactly(waiting.id(), young.id());
    }

    @Test
    void whatIsDeadForLongIsRemoved() {
        Workflow dead = queuedOne();
        worn(dead, 5);
        Workflow leased = queuedOne();
        leased(Duration.ofHours(1), leased);
        store().age(MINUTE);
        assertThat(purge(StateName.DEAD, Duration.ofMinutes(5), 10)).isZero();
        assertThat(purge(StateName.CONSUMED, Duration.ofSeconds(30), 10)).isZero();
        assertThat(purge(StateName.DEAD, Duration.ofSeconds(30), 10)).isEqualTo(1);
        assertThat(store().workflows().find(dead.id())).isEmpty();
        assertThat(found(leased.id()).history().version()).isEqualTo(2);
    }

    @Test
    void removingGoesInBatches() {
        List<Workflow> all = stored("1", "2", "3");
        all.forEach(each -> claim(each));
        store().age(MINUTE);
        assertThat(purge(StateName.CONSUMED, Duration.ZERO, 2)).isEqualTo(2);
        assertThat(purge(StateName.CONSUMED, Duration.ZERO, 2)).isEqualTo(1);
        assertThat(purge(StateName.CONSUMED, Duration.ZERO, 2)).isZero();
    }

    @Test
    void aDeliveryGoesWithItsLastWorkflow() {
        Delivery delivery = leasedOne();
        Delivery kept = leased(MINUTE, queuedOne());
        Outcomes.settle(store().deliveries(), delivery.id(), new Verdict.Acknowledge());
        store().age(MINUTE.multipliedBy(2));
        assertThat(store().deliveries().findDelivery(delivery.id())).isPresent();

        assertThat(purge(StateName.CONSUMED, MINUTE, 10)).isEqualTo(1);

        assertThat(store().deliveries().findDelivery(delivery.id())).isEmpty();
        assertThat(store().deliveries().findDelivery(kept.id())).isPresent();
    }

    @Test
    void aDeliveryStaysWholeUntilTheLastOfItsWorkflowsIsRemoved() {
        List<Workflow> all = stored("1", "2");
        Delivery delivery = leased(MINUTE, all.toArray(Workflow[]::new));
        Outcomes.settle(store().deliveries(), delivery.id(), new Verdict.Refuse(Set.of(), Duration.ZERO, null));
        claim(all.getFirst());
        store().age(MINUTE);

        assertThat(purge(StateName.CONSUMED, Duration.ofSeconds(30), 10)).isEqualTo(1);

        assertThat(store().workflows().find(all.getFirst().id())).isEmpty();
        assertThat(store().workflows().page(Listing.ofAll(10)))
                .extracting(Workflow::id)
                .containsExactly(all.getLast().id());
        assertThat(store().deliveries()
                        .findDelivery(delivery.id())
                        .orElseThrow()
                        .workflows())
                .extracting(Workflow::id, Workflow::content)
                .containsExactly(
                        tuple(all.getFirst().id(), all.getFirst().content()),
                        tuple(all.getLast().id(), all.getLast().content()));

        claim(all.getLast());
        store().age(MINUTE);
        assertThat(purge(StateName.CONSUMED, Duration.ofSeconds(30), 10)).isEqualTo(1);
        assertThat(store().deliveries().findDelivery(delivery.id())).isEmpty();
    }

    private int purge(StateName state, Duration age, int max) {
        return store().upkeep().purge(state, age, max);
    }

    private void requeuedByHand(Workflow workflow) {
        store().workflows().changeStatus(StatusChange.of(workflow.id(), Status.CONSUMED));
        store().workflows().changeStatus(StatusChange.of(workflow.id(), Status.INSERTED));
        drainAll();
    }

    private List<UUID> drained() {
        return drainAll().stream().map(QueueEntry::workflowId).toList();
    }
}
