package dev.workflow.postgres;

import static dev.workflow.contracts.Outcomes.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.Outcomes;
import dev.workflow.domain.ChangeOutcome;
import dev.workflow.domain.Criterion;
import dev.workflow.domain.Listing;
import dev.workflow.domain.QueueEntry;
import dev.workflow.domain.State;
import dev.workflow.domain.Status;
import dev.workflow.domain.StatusChange;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.delivery.Claim;
import dev.workflow.domain.delivery.ClaimOutcome;
import dev.workflow.domain.delivery.Delivery;
import dev.workflow.domain.delivery.DeliveryTerms;
import dev.workflow.domain.delivery.Form;
import dev.workflow.domain.delivery.SettleOutcome;
import dev.workflow.domain.delivery.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows in states that no port method makes, as another version or an operator may have left them. */
final class StatesTest extends OnOneDatabase {
    private static final String LATER = "TIMESTAMPTZ '2100-01-01 00:00:00.000001Z'";
    private static final Instant THEN = Instant.parse("2100-01-01T00:00:00.000001Z");
    private static final String DEAD = "dead_at = " + LATER;
    private static final String LEASED = "delivery_id = gen_random_uuid(), lease_until = " + LATER;
    private static final String DELAYED = "delayed = true, delivery_id = gen_random_uuid(), lease_until = " + LATER;

    @Test
    void areReadAsTheyAre() {
        assertThat(storedAs(DEAD).state()).isEqualTo(new State.Dead(THEN));
        assertThat(storedAs(LEASED).state()).isEqualTo(new State.Leased(THEN));
        assertThat(storedAs(DELAYED).state()).isEqualTo(new State.Delayed(THEN));
        assertThat(storedAs("attempts = 3, last_error = 'no', version = 9").history())
                .satisfies(history -> assertThat(history.attempts()).isEqualTo(3))
                .satisfies(history -> assertThat(history.lastError()).isEqualTo("no"))
                .satisfies(history -> assertThat(history.version()).isEqualTo(9));
    }

    @ParameterizedTest
    @ValueSource(strings = {DEAD, LEASED, DELAYED})
    void areListedAsInserted(String change) {
        Workflow workflow = storedAs(change);
        assertThat(store.workflows().page(Listing.ofAll(10).with(new Criterion.HasStatus(Status.INSERTED))))
                .containsExactly(workflow);
        assertThat(store.workflows().page(Listing.ofAll(10))).containsExactly(workflow);
    }

    @ParameterizedTest
    @ValueSource(strings = {DEAD, LEASED, DELAYED})
    void cannotBeClaimed(String change) {
        Workflow workflow = storedAs(change);
        for (Form form : List.of(PLAIN, NAMES)) {
            Claim claim = claimOf(List.of(workflow.id()), DeliveryTerms.finalIn(form));
            assertThat(claim(claim)).containsExactly(new ClaimOutcome.NotClaimable());
        }
        assertThat(found(workflow.id())).isEqualTo(workflow);
    }

    @ParameterizedTest
    @ValueSource(strings = {DEAD, LEASED, DELAYED})
    void areNotQueuedAgain(String change) {
        storedAs(change);
        drainAll();
        store.age(Duration.ofMinutes(1));
        assertThat(store.upkeep().requeue(store.upkeep().now(), 10)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {DEAD, LEASED, DELAYED})
    void areTakenOutAndPutBackByHand(String change) {
        Workflow workflow = storedAs(change + ", attempts = 4, last_error = 'no'");

        Workflow out = changed(workflow, Status.CONSUMED);
        assertThat(out.state()).isInstanceOf(State.Consumed.class);
        assertThat(out.history().attempts()).isEqualTo(4);

        Workflow back = changed(workflow, Status.INSERTED);
        assertThat(back.state()).isEqualTo(new State.Waiting());
        assertThat(back.history().attempts()).isZero();
        assertThat(back.history().lastError()).isEqualTo("no");
        assertThat(back.history().deliveryId()).isEqualTo(workflow.history().deliveryId());
        assertThat(claim(workflow)).isInstanceOf(ClaimOutcome.Delivered.class);
    }

    /** The delivery has its own say, whatever its workflows look like. */
    @ParameterizedTest
    @ValueSource(strings = {"acked", "nacked", "expired"})
    void whatIsSettledCannotBeSettledOrProlonged(String state) {
        Delivery delivery = leasedOne();
        store.execute("UPDATE delivery SET settled_at = now(), touched = workflow_ids, state = '" + state + "'");
        Workflow before = found(delivery.workflows().getFirst().id());
        for (Verdict verdict : List.of(new Verdict.Acknowledge(), new Verdict.Refuse(Set.of(), Duration.ZERO, null))) {
            SettleOutcome outcome = Outcomes.settle(store.deliveries(), delivery.id(), verdict);
            boolean same = verdict.state().name().equalsIgnoreCase(state);
            assertThat(outcome instanceof SettleOutcome.Settled).isEqualTo(same);
        }
        assertThat(store.deliveries().extend(delivery.id(), null)).isNotInstanceOf(SettleOutcome.Settled.class);
        assertThat(found(before.id())).isEqualTo(before);
        assertThat(store.number("SELECT count(*) FROM delivery WHERE state = '" + state + "'"))
                .isOne();
    }

    /** Neither as their ids nor as their rows follow one another. */
    @Test
    void whatWasLostIsQueuedAgainInTheOrderOfTheQueue() {
        List<Workflow> all = stored("1", "2", "3", "4");
        drainAll();
        int[] minutesAgo = {20, 40, 10, 30};
        for (int i = 0; i < minutesAgo.length; i++) {
            store.execute("UPDATE pending SET queued_at = queued_at - make_interval(mins => " + minutesAgo[i]
                    + ") WHERE id = '" + all.get(i).id() + "'");
        }
        store.execute("ANALYZE pending");
        assertThat(store.upkeep().requeue(store.upkeep().now(), 10)).isEqualTo(4);
        assertThat(drainAll())
                .extracting(QueueEntry::workflowId)
                .containsExactly(
                        all.get(1).id(),
                        all.get(3).id(),
                        all.get(0).id(),
                        all.get(2).id());
    }

    @Test
    void aClaimKeepsWhatWasKnown() {
        Workflow workflow = storedAs("attempts = 2, last_error = 'no'");
        assertThat(claim(workflow)).isInstanceOf(ClaimOutcome.Delivered.class);
        assertThat(found(workflow.id()).history().attempts()).isEqualTo(2);
        assertThat(found(workflow.id()).history().lastError()).isEqualTo("no");
    }

    private Workflow storedAs(String change) {
        Workflow workflow = storedOne();
        store.execute("UPDATE pending SET " + change + " WHERE id = '" + workflow.id() + "'");
        return found(workflow.id());
    }

    private Workflow changed(Workflow workflow, Status to) {
        ChangeOutcome outcome = fresh(store.workflows().changeStatus(StatusChange.of(workflow.id(), to)));
        return ((ChangeOutcome.Done) outcome).workflow();
    }
}
