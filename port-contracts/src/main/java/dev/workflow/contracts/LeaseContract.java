package dev.workflow.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.domain.QueueEntry;
import dev.workflow.domain.State;
import dev.workflow.domain.StateName;
import dev.workflow.domain.Status;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.csv.Rendition;
import dev.workflow.domain.delivery.ClaimOutcome;
import dev.workflow.domain.delivery.Delivery;
import dev.workflow.domain.delivery.DeliveryState;
import dev.workflow.domain.delivery.DeliveryTerms;
import dev.workflow.domain.delivery.Form;
import dev.workflow.domain.delivery.SettleOutcome;
import dev.workflow.domain.delivery.Settlement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a {@link dev.workflow.domain.port.DeliveryRepository} does with what is not handed over for good at once. */
public abstract class LeaseContract extends DeliveriesContract {
    @Test
    void aLeaseHidesAWorkflow() {
        Workflow workflow = queuedOne();
        Instant before = store().upkeep().now();

        Delivery delivery = leased(MINUTE, workflow);

        Workflow after = found(workflow.id());
        assertThat(delivery.state()).isEqualTo(DeliveryState.LEASED);
        assertThat(delivery.workflows()).containsExactly(after);
        assertThat(after.state()).isEqualTo(leasedUntil(delivery.leaseExpiresAt()));
        assertThat(delivery.leaseExpiresAt())
                .isBetween(before.plus(MINUTE), store().upkeep().now().plus(MINUTE));
        assertThat(after.history().deliveryId()).isEqualTo(delivery.id());
        assertThat(after.history().attempts()).isZero();
        assertThat(after.history().version()).isEqualTo(2);
        assertThat(claim(workflow)).isEqualTo(new ClaimOutcome.NotClaimable());
        assertThat(store().outbox().isEmpty()).isTrue();
    }

    @Test
    void aDeliveryIsFoundAsItWas() {
        List<Workflow> all = stored("1", "2", "3");
        Delivery delivery = leased(MINUTE, all.get(2), all.get(0));
        settle(delivery, ACK);

        Delivery found = foundDelivery(delivery.id());

        assertThat(found.state()).isEqualTo(DeliveryState.ACKED);
        assertThat(found.form()).isEqualTo(NAMES.text());
        assertThat(found.leaseExpiresAt()).isEqualTo(delivery.leaseExpiresAt());
        assertSameButVersion(found.workflows(), delivery.workflows());
    }

    @Test
    void aFinalDeliveryIsFoundAsItWas() {
        List<Workflow> all = stored("1", "2");
        Delivery one = delivered(claim(inForm(PLAIN, all.get(0))).getFirst()).delivery();
        Delivery other = delivered(claim(claimOf(all.get(1))).getFirst()).delivery();

        for (Delivery delivery : List.of(one, other)) {
            Delivery found = foundDelivery(delivery.id());
            assertThat(found.state()).isEqualTo(DeliveryState.FINAL);
            assertThat(found.form()).isEqualTo(delivery.form());
            assertSameButVersion(found.workflows(), delivery.workflows());
        }
    }

    @Test
    void aFinalDeliveryOutlivesItsWorkflowsReturn() {
        Workflow workflow = queuedOne();
        Delivery first = delivered(claim(inForm(PLAIN, workflow)).getFirst()).delivery();
        change(workflow, Status.INSERTED);
        Delivery second = delivered(claim(inForm(PLAIN, workflow)).getFirst()).delivery();

        assertSameButVersion(foundDelivery(first.id()).workflows(), first.workflows());
        assertSameButVersion(foundDelivery(second.id()).workflows(), second.workflows());
        assertThat(found(workflow.id()).history().deliveryId()).isEqualTo(second.id());
    }

    @Test
    void anUnknownDeliveryIsNotFound() {
        leasedOne();
        UUID unknown = IDS.next();
        assertThat(store().deliveries().findDelivery(unknown)).isEmpty();
        assertThat(Outcomes.settle(store().deliveries(), unknown, ACK)).isEqualTo(new SettleOutcome.UnknownDelivery());
        assertThat(store().deliveries().extend(unknown, null)).isEqualTo(new SettleOutcome.UnknownDelivery());
        store().deliveries().giveBack(unknown);
    }

    @Test
    void afterTooManyDeliveriesAWorkflowIsDead() {
        Workflow workflow = queuedOne();
        for (int attempt = 1; attempt <= 4; attempt++) {
            settle(leased(MINUTE, workflow), NACK);
            assertThat(found(workflow.id()).state()).isEqualTo(new State.Waiting());
        }
        drainAll();

        settle(leased(MINUTE, workflow), nack("the end", MINUTE));

        assertThat(found(workflow.id()).state()).isInstanceOf(State.Dead.class);
        assertThat(found(workflow.id()).history().attempts()).isEqualTo(5);
        assertThat(found(workflow.id()).history().lastError()).isEqualTo("the end");
        assertThat(store().outbox().isEmpty()).isTrue();
        assertThat(claim(workflow)).isEqualTo(new ClaimOutcome.NotClaimable());
        assertThat(expireAfter(MINUTE.multipliedBy(2))).isZero();
    }

    @Test
    void expiryKillsToo() {
        Workflow workflow = queuedOne();
        for (int attempt = 1; attempt <= 5; attempt++) {
            drainAll();
            leased(MINUTE, workflow);
            expireAfter(MINUTE.plusSeconds(1));
        }
        assertThat(found(workflow.id()).state()).isInstanceOf(State.Dead.class);
        assertThat(store().outbox().isEmpty()).isTrue();
    }

    @Test
    void onItsLastAttemptAWorkflowIsDeliveredAlone() {
        Workflow dying = dying();
        List<Workflow> others = stored("1", "2");

        ClaimOutcome.Delivered front = delivered(
                claim(leaseOf(MINUTE, others.get(0), dying, others.get(1))).getFirst());
        assertThat(front.delivery().workflows())
                .extracting(Workflow::id)
                .containsExactly(others.get(0).id());
        assertThat(front.leftOver()).containsExactly(dying.id(), others.get(1).id());

        ClaimOutcome.Delivered alone =
                delivered(claim(leaseOf(MINUTE, dying, others.get(1))).getFirst());
        assertThat(alone.delivery().workflows()).extracting(Workflow::id).containsExactly(dying.id());
        assertThat(alone.leftOver()).containsExactly(others.get(1).id());
    }

    @Test
    void forGoodAWorkflowNeedNotBeAlone() {
        Workflow dying = dying();
        Workflow other = queuedOne();
        ClaimOutcome.Delivered both = delivered(claim(claimOf(other, dying)).getFirst());
        assertThat(both.delivery().workflows()).hasSize(2);
        assertThat(both.leftOver()).isEmpty();
    }

    private Workflow dying() {
        Workflow workflow = queuedOne();
        worn(workflow, 4);
        drainAll();
        return workflow;
    }

    @Test
    void anAnswerHoldsTheLongestRunOfSoManyBytes() {
        String large = "\"" + "x".repeat(1_000_000) + "\"";
        List<Workflow> all = stored(IntStream.range(0, 10).mapToObj(i -> large).toArray(String[]::new));

        ClaimOutcome.Delivered delivered =
                delivered(claim(claimOf(all.toArray(Workflow[]::new))).getFirst());

        assertThat(delivered.delivery().workflows()).hasSize(8);
        assertThat(delivered.leftOver())
                .containsExactly(all.get(8).id(), all.get(9).id());
        assertThat(states(all.subList(8, 10))).containsOnly(StateName.WAITING);
        assertThat(states(all.subList(0, 8))).containsOnly(StateName.CONSUMED);
    }

    @Test
    void whatTheFormLeavesOutIsNotHandedOver() {
        List<Workflow> all = stored("1", "2", "3");
        Form two = new Form(
                "two",
                workflows -> workflows.size() <= 2
                        ? NAMES.render(workflows)
                        : new Rendition(
                                NAMES.render(workflows.subList(0, 2)).body(),
                                NAMES.render(workflows).csvFallback(),
                                0,
                                workflows.size() - 2));
        for (Duration lease : new Duration[] {MINUTE, null}) {
            List<UUID> ids = all.stream().map(Workflow::id).toList();
            ClaimOutcome.Delivered delivered = delivered(
                    claim(claimOf(ids, new DeliveryTerms(two, lease, null))).getFirst());
            assertThat(delivered.delivery().workflows()).hasSize(2);
            assertThat(delivered.leftOver()).containsExactly(all.get(2).id());
            assertThat(found(all.get(2).id())).isEqualTo(all.get(2));
            all = stored("1", "2", "3");
        }
    }

    @Test
    void leasesAndFinalDeliveriesShareABatch() {
        List<Workflow> all = stored("1", "2", "3");
        List<ClaimOutcome> outcomes =
                claim(leaseOf(MINUTE, all.get(0)), inForm(PLAIN, all.get(1)), leaseOf(Duration.ofHours(1), all.get(2)));
        assertThat(outcomes).allMatch(ClaimOutcome.Delivered.class::isInstance);
        assertThat(states(all)).containsExactly(StateName.LEASED, StateName.CONSUMED, StateName.LEASED);
        assertThat(expireAfter(MINUTE.plusSeconds(1))).isEqualTo(1);
        assertThat(states(all)).containsExactly(StateName.WAITING, StateName.CONSUMED, StateName.LEASED);
    }

    @Test
    void aLeaseThatIsOverPutsBackAndCountsAnAttempt() {
        Delivery delivery = leasedOne();
        UUID id = onlyOf(delivery);

        assertThat(expireAfter(Duration.ofSeconds(50))).isZero();
        assertThat(expireAfter(Duration.ofSeconds(20))).isEqualTo(1);
        assertThat(expireAfter(Duration.ofSeconds(20))).isZero();

        assertThat(found(id).state()).isEqualTo(new State.Waiting());
        assertThat(found(id).history().attempts()).isEqualTo(1);
        assertThat(found(id).history().lastError()).isEqualTo("lease expired");
        assertThat(drainAll()).extracting(QueueEntry::workflowId).containsExactly(id);
    }

    @Test
    void whatNobodyReceivedIsAsIfItHadNeverBeenHandedOver() {
        Workflow workflow = queuedOne();
        Workflow other = queuedOne();
        Delivery lease = leased(MINUTE, workflow);
        Delivery plain = delivered(claim(inForm(PLAIN, other)).getFirst()).delivery();

        store().deliveries().giveBack(lease.id());
        store().deliveries().giveBack(plain.id());

        assertThat(states(List.of(workflow, other))).containsOnly(StateName.WAITING);
        assertThat(found(workflow.id()).history().attempts()).isZero();
        assertThat(store().deliveries().findDelivery(lease.id())).isEmpty();
        assertThat(store().deliveries().findDelivery(plain.id())).isEmpty();
        assertThat(drainAll()).extracting(QueueEntry::workflowId).containsExactlyInAnyOrder(workflow.id(), other.id());
        assertThat(leased(MINUTE, workflow).workflows()).hasSize(1);
    }

    @Test
    void aStatusChangeTakesAWorkflowOutOfItsDelivery() {
        List<Workflow> all = stored("1", "2");
        Delivery delivery = leased(MINUTE, all.get(0), all.get(1));
        change(all.get(0), Status.CONSUMED);
        Workflow patched = found(all.get(0).id());

        Settlement settlement = settled(settle(delivery, NACK));

        assertThat(settlement.workflowIds()).containsExactly(all.get(1).id());
        assertThat(found(patched.id())).isEqualTo(patched);
        assertThat(found(all.get(1).id()).state()).isEqualTo(new State.Waiting());
    }

    @Test
    void theSameStatusLeavesALeaseAlone() {
        Delivery delivery = leasedOne();
        Workflow before = found(onlyOf(delivery));
        change(before, Status.INSERTED);
        assertThat(found(before.id())).isEqualTo(before);
    }
}
