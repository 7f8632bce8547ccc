package dev.workflow.postgres;

import static dev.workflow.contracts.Outcomes.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.Together;
import dev.workflow.domain.ChangeOutcome;
import dev.workflow.domain.Keyed;
import dev.workflow.domain.QueueEntry;
import dev.workflow.domain.Status;
import dev.workflow.domain.StatusChange;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.delivery.Claim;
import dev.workflow.domain.delivery.ClaimOutcome;
import dev.workflow.domain.delivery.DeliveryTerms;
import dev.workflow.domain.port.DeliveryRepository;
import dev.workflow.domain.port.Outbox;
import dev.workflow.domain.port.WorkflowRepository;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Replicas on one database. */
final class ManyStoresTest extends TwoStores {
    @Test
    void eachWorkflowIsDeliveredOnceByAllOfThem() throws Exception {
        List<UUID> ids = ids(stored(Collections.nCopies(200, "1").toArray(String[]::new)));
        List<UUID> reversed = ids.reversed();
        List<UUID> delivered = Together.run(List.of(
                () -> claimOneByOneInBatches(first.deliveries(), ids),
                () -> claimOneByOneInBatches(second.deliveries(), reversed),
                () -> claimOneByOneInBatches(first.deliveries(), reversed),
                () -> claimOneByOneInBatches(second.deliveries(), ids)));
        assertThat(delivered).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(first.number("SELECT count(*) FROM consumed")).isEqualTo(200);
        assertThat(first.number("SELECT count(*) FROM pending")).isZero();
    }

    private static List<UUID> claimOneByOneInBatches(DeliveryRepository deliveries, List<UUID> ids) {
        List<UUID> delivered = new ArrayList<>();
        for (int i = 0; i < ids.size(); i += 20) {
            List<Claim> claims = ids.subList(i, i + 20).stream()
                    .map(id -> claimOf(List.of(id), DeliveryTerms.finalIn(PLAIN)))
                    .toList();
            for (Keyed<ClaimOutcome> outcome : deliveries.claim(() -> claims)) {
                if (fresh(outcome) instanceof ClaimOutcome.Delivered some) {
                    delivered.addAll(ids(some.delivery().workflows()));
                }
            }
        }
        return delivered;
    }

    @Test
    void ofManyChangesAtOneVersionOneIsMade() throws Exception {
        Workflow workflow = queuedOne();
        for (long version = 1; version < 20; version++) {
            Status to = version % 2 == 1 ? Status.CONSUMED : Status.INSERTED;
            StatusChange change = new StatusChange(workflow.id(), to, Set.of(version), null);
            List<ChangeOutcome> outcomes = Together.run(List.of(
                    () -> List.of(fresh(first.workflows().changeStatus(change))),
                    () -> List.of(fresh(second.workflows().changeStatus(change))),
                    () -> List.of(fresh(second.workflows().changeStatus(change)))));
            assertThat(outcomes.stream().filter(ChangeOutcome.Done.class::isInstance))
                    .hasSize(1);
            assertThat(found(workflow.id()).history().version()).isEqualTo(version + 1);
        }
        assertThat(drainAll()).hasSize(9);
    }

    /** Whoever reads while a row moves from one table to the other must find it in one of them. */
    @Test
    void aWorkflowIsNeverUnknownWhileItIsChanged() throws Exception {
        Workflow workflow = queuedOne();
        Callable<List<ChangeOutcome>> changes = () -> changeToAndFro(first.workflows(), workflow.id());
        Callable<List<ChangeOutcome>> others = () -> changeToAndFro(second.workflows(), workflow.id());
        assertThat(Together.run(List.of(changes, others, changes))).allMatch(ChangeOutcome.Done.class::isInstance);
        assertThat(first.number("SELECT (SELECT count(*) FROM pending) + (SELECT count(*) FROM consumed)"))
                .isOne();
    }

    private static List<ChangeOutcome> changeToAndFro(WorkflowRepository workflows, UUID id) {
        List<ChangeOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Status to = i % 2 == 0 ? Status.CONSUMED : Status.INSERTED;
            outcomes.add(fresh(workflows.changeStatus(StatusChange.of(id, to))));
        }
        return outcomes;
    }

    @Test
    void eachEntryOfTheOutboxIsPublishedByOneOfThem() throws Exception {
        List<UUID> ids = ids(stored(Collections.nCopies(100, "1").toArray(String[]::new)));
        List<UUID> published = Together.run(List.of(
                () -> publishAll(first.outbox()), () -> publishAll(second.outbox()), () -> publishAll(first.outbox())));
        assertThat(published).containsExactlyInAnyOrderElementsOf(ids);
    }

    private static List<UUID> publishAll(Outbox outbox) {
        List<UUID> published = new ArrayList<>();
        while (!outbox.isEmpty()) {
            outbox.drain(7, entries -> {
                entries.forEach(each -> published.add(each.workflowId()));
                return allOf(entries);
            });
        }
        return published;
    }

    @Test
    void whatIsLostIsQueuedAgainByOneOfThem() throws Exception {
        List<UUID> ids = ids(stored(Collections.nCopies(300, "1").toArray(String[]::new)));
        drainAll();
        first.age(Duration.ofMinutes(1));
        Instant mark = first.upkeep().now().minusSeconds(30);
        List<Integer> counts = Together.run(List.of(
                () -> List.of(first.upkeep().requeue(mark, 1000)),
                () -> List.of(second.upkeep().requeue(mark, 1000)),
                () -> List.of(first.upkeep().requeue(mark, 1000))));
        assertThat(counts.stream().mapToInt(Integer::intValue).sum()).isEqualTo(300);
        assertThat(drainAll()).extracting(QueueEntry::workflowId).containsExactlyElementsOf(ids);
    }

    private static List<UUID> ids(List<Workflow> workflows) {
        return workflows.stream().map(Workflow::id).toList();
    }
}
