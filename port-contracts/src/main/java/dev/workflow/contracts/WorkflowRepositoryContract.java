package dev.workflow.contracts;

import static dev.workflow.contracts.Outcomes.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.domain.ChangeOutcome;
import dev.workflow.domain.Criterion;
import dev.workflow.domain.Listing;
import dev.workflow.domain.QueueEntry;
import dev.workflow.domain.State;
import dev.workflow.domain.Status;
import dev.workflow.domain.StatusChange;
import dev.workflow.domain.SubmitOutcome;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.delivery.ClaimOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What a {@link dev.workflow.domain.port.WorkflowRepository} does. */
public abstract class WorkflowRepositoryContract extends StoreContract {
    private static final List<String> SPELLINGS = List.of(
            "{\"a\" : 1.0, \"b\":1e2,\"c\":12345678901234567890, \"a\":-0.0}",
            " [1 ,\n\t2 ]\r\n",
            "\"\\u00e9 \\/ \\ud83d\\ude00 \u00e9 \ud83d\ude00 \u007f \uffff\"",
            "\"\\\\u0000\"",
            "{\"\":{\"\":[{},[],null,true]}}",
            "1e131071",
            "[".repeat(500) + "]".repeat(500),
            "\"" + "\u00e9".repeat(500_000) + "\"");

    private static final List<String> STEPS = List.of(
            "a,b", "\"quoted\"", "back\\slash", "{brace}", "NULL", " blank ", "\u00e9\ud83d\ude00", "new\nline", "'");

    @Test
    void keepsWhatWasSubmitted() {
        Workflow one = workflow("{\"n\":1}", "fetch");
        Workflow two = workflow("[2]");
        Workflow three = workflow("3", "a", "b");

        List<SubmitOutcome> outcomes = insert(submission(one), submission(two, three));

        assertThat(outcomes)
                .containsExactly(new SubmitOutcome.Stored(List.of(one)), new SubmitOutcome.Stored(List.of(two, three)));
        assertThat(Stream.of(one, two, three).map(each -> found(each.id()))).containsExactly(one, two, three);
    }

    @TestFactory
    Stream<DynamicTest> keepsDataByteForByte() {
        return SPELLINGS.stream()
                .map(text -> DynamicTest.dynamicTest(shortened(text), () -> {
                    Workflow workflow = stored(text).getFirst();
                    assertThat(found(workflow.id()).content().data().bytes())
                            .isEqualTo(workflow.content().data().bytes());
                }));
    }

    private static String shortened(String text) {
        return text.substring(0, Math.min(30, text.length()));
    }

    @Test
    void keepsStepsWhateverTheirLetters() {
        Workflow workflow = workflow("1", STEPS.toArray(String[]::new));
        store().workflows().insert(List.of(submission(workflow), submission(workflow("2"))));
        assertThat(found(workflow.id()).content().steps()).isEqualTo(STEPS);
    }

    @Test
    void anEmptyBatchIsNothing() {
        assertThat(store().workflows().insert(List.of())).isEmpty();
    }

    @Test
    void whatCannotBeStoredIsRefusedAloneAndAsAWhole() {
        Workflow before = workflow("1");
        Workflow beside = workflow("2");
        Workflow after = workflow("3");

        List<SubmitOutcome> outcomes =
                insert(submission(before), submission(beside, workflow(UNSTORABLE)), submission(after));

        assertThat(outcomes.get(0)).isInstanceOf(SubmitOutcome.Stored.class);
        assertThat(outcomes.get(1)).isInstanceOf(SubmitOutcome.Refused.class);
        assertThat(outcomes.get(2)).isInstanceOf(SubmitOutcome.Stored.class);
        assertThat(store().workflows().find(beside.id())).isEmpty();
        assertThat(drainAll()).extracting(QueueEntry::workflowId).containsExactly(before.id(), after.id());
    }

    @Test
    void findsNothingUnderAnUnknownId() {
        storedOne();
        assertThat(store().workflows().find(IDS.next())).isEmpty();
        assertThat(store().workflows().find(UUID.randomUUID())).isEmpty();
    }

    @Test
    void pagesInTheOrderOfIds() {
        List<Workflow> all = stored("1", "2", "3", "4", "5");
        assertThat(page(null, null, 2)).containsExactly(all.get(0), all.get(1));
        assertThat(page(null, all.get(1).id(), 2)).containsExactly(all.get(2), all.get(3));
        assertThat(page(null, all.get(4).id(), 2)).isEmpty();
        assertThat(page(null, null, 1000)).isEqualTo(all);
    }

    @Test
    void pagesGoOnAfterAnyId() {
        Workflow first = storedOne();
        UUID between = IDS.next();
        Workflow second = storedOne();
        assertThat(page(null, between, 10)).containsExactly(second);
        assertThat(page(null, new UUID(0, 0), 10)).containsExactly(first, second);
        assertThat(page(null, new UUID(-1, -1), 10)).isEmpty();
    }

    @Test
    void pagesByStatus() {
        List<Workflow> all = stored("1", "2", "3", "4");
        claim(all.get(1), all.get(2));
        assertThat(page(Status.INSERTED, null, 10)).containsExactly(all.get(0), all.get(3));
        assertThat(page(Status.INSERTED, all.get(0).id(), 10)).containsExactly(all.get(3));
        assertThat(page(Status.CONSUMED, null, 1))
                .containsExactly(found(all.get(1).id()));
        assertThat(page(Status.CONSUMED, all.get(1).id(), 10))
                .containsExactly(found(all.get(2).id()));
    }

    @Test
    void aWalkMeetsLargeOnesToo() {
        String large = "\"" + "x".repeat(1_000_000) + "\"";
        List<Workflow> all = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            all.addAll(stored(large, "1"));
        }
        List<Workflow> seen = new ArrayList<>();
        List<Workflow> page = page(null, null, 1000);
        while (!page.isEmpty()) {
            seen.addAll(page);
            page = page(null, page.getLast().id(), 1000);
        }
        assertThat(seen).isEqualTo(all);
    }

    private List<Workflow> page(@Nullable Status status, @Nullable UUID after, int limit) {
        List<Criterion> criteria = status == null ? List.of() : List.of(new Criterion.HasStatus(status));
        return store().workflows().page(new Listing(criteria, Listing.Order.OLDEST_FIRST, after, limit));
    }

    @Test
    void aChangeToConsumedTakesItOutOfReach() {
        Workflow workflow = queuedOne();

        Workflow changed = changed(workflow, Status.CONSUMED, null);

        assertThat(changed.state()).isInstanceOf(State.Consumed.class);
        assertThat(changed.history().version()).isEqualTo(2);
        assertThat(changed).isEqualTo(found(workflow.id()));
        assertThat(claim(workflow)).isEqualTo(new ClaimOutcome.NotClaimable());
        assertThat(store().outbox().isEmpty()).isTrue();
    }

    @Test
    void aChangeBackPutsItInTheQueueAgain() {
        Workflow workflow = queuedOne();
        changed(workflow, Status.CONSUMED, null);

        Workflow changed = changed(workflow, Status.INSERTED, null);

        assertThat(changed.state()).isEqualTo(new State.Waiting());
        assertThat(changed.history().version()).isEqualTo(3);
        assertThat(changed).isEqualTo(found(workflow.id()));
        assertThat(drainAll()).extracting(QueueEntry::workflowId).containsExactly(workflow.id());
        assertThat(claim(workflow)).isInstanceOf(ClaimOutcome.Delivered.class);
    }

    @Test
    void aChangeBackKeepsTheLastDelivery() {
        Workflow workflow = queuedOne();
        claim(workflow);
        UUID delivery = found(workflow.id()).history().deliveryId();
        assertThat(changed(workflow, Status.INSERTED, null).history().deliveryId())
                .isNotNull()
                .isEqualTo(delivery);
    }

    @Test
    void aChangeToTheSameStatusChangesNothing() {
        Workflow workflow = queuedOne();
        assertThat(changed(workflow, Status.INSERTED, null)).isEqualTo(workflow);
        Workflow consumed = changed(workflow, Status.CONSUMED, null);
        assertThat(changed(workflow, Status.CONSUMED, null)).isEqualTo(consumed);
        assertThat(found(workflow.id())).isEqualTo(consumed);
        assertThat(store().outbox().isEmpty()).isTrue();
    }

    @Test
    void aChangeIsMadeAtTheNamedVersionsOnly() {
        Workflow workflow = queuedOne();
        for (Set<Long> others : List.of(Set.of(2L), Set.<Long>of(), Set.of(0L, 3L))) {
            assertThat(change(workflow.id(), Status.CONSUMED, others))
                    .isEqualTo(new ChangeOutcome.PreconditionFailed());
            assertThat(change(workflow.id(), Status.INSERTED, others))
                    .isEqualTo(new ChangeOutcome.PreconditionFailed());
        }
        assertThat(found(workflow.id())).isEqualTo(workflow);
        assertThat(changed(workflow, Status.INSERTED, Set.of(1L))).isEqualTo(workflow);
        assertThat(changed(workflow, Status.CONSUMED, Set.of(7L, 1L)).history().version())
                .isEqualTo(2);
        assertThat(change(workflow.id(), Status.INSERTED, Set.of(1L)))
                .isEqualTo(new ChangeOutcome.PreconditionFailed());
        assertThat(store().outbox().isEmpty()).isTrue();
        assertThat(changed(workflow, Status.INSERTED, Set.of(2L)).history().version())
                .isEqualTo(3);
    }

    @Test
    void anUnknownWorkflowCannotBeChanged() {
        Workflow known = queuedOne();
        for (Status status : Status.values()) {
            assertThat(change(IDS.next(), status, null)).isEqualTo(new ChangeOutcome.UnknownWorkflow());
            assertThat(change(IDS.next(), status, Set.of(1L))).isEqualTo(new ChangeOutcome.UnknownWorkflow());
        }
        assertThat(found(known.id())).isEqualTo(known);
    }

    private ChangeOutcome change(UUID id, Status to, @Nullable Set<Long> onlyVersions) {
        return fresh(store().workflows().changeStatus(new StatusChange(id, to, onlyVersions, null)));
    }

    private Workflow changed(Workflow workflow, Status to, @Nullable Set<Long> onlyVersions) {
        ChangeOutcome outcome = change(workflow.id(), to, onlyVersions);
        assertThat(outcome).isInstanceOf(ChangeOutcome.Done.class);
        return ((ChangeOutcome.Done) outcome).workflow();
    }
}
