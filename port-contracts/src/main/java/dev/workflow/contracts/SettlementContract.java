package dev.workflow.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.domain.QueueEntry;
import dev.workflow.domain.State;
import dev.workflow.domain.StateName;
import dev.workflow.domain.Status;
import dev.workflow.domain.StatusChange;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.delivery.ClaimOutcome;
import dev.workflow.domain.delivery.Delivery;
import dev.workflow.domain.delivery.DeliveryState;
import dev.workflow.domain.delivery.SettleOutcome;
import dev.workflow.domain.delivery.SettleRequest;
import dev.workflow.domain.delivery.Settlement;
import dev.workflow.domain.delivery.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a {@link dev.workflow.domain.port.DeliveryRepository} does with what consumers say of their leases. */
public abstract class SettlementContract extends DeliveriesContract {
    @Test
    void anAcknowledgementConsumes() {
        Delivery delivery = leasedOne();
        Settlement settlement = settled(settle(delivery, ACK));

        Workflow after = found(onlyOf(delivery));
        assertThat(settlement.id()).isEqualTo(delivery.id());
        assertThat(settlement.state()).isEqualTo(DeliveryState.ACKED);
        assertThat(settlement.workflowIds()).containsExactly(after.id());
        assertThat(settlement.nacked()).isNull();
        assertThat(settlement.times().leaseExpiresAt()).isNull();
        assertThat(settlement.times().settledAt())
                .isAfterOrEqualTo(settlement.times().deliveredAt());
        assertThat(after.state()).isInstanceOf(State.Consumed.class);
        assertThat(after.history().attempts()).isZero();
        assertThat(after.history().deliveryId()).isEqualTo(delivery.id());
        assertThat(store().outbox().isEmpty()).isTrue();
    }

    @Test
    void aRefusalPutsBackAtOnce() {
        Delivery delivery = leasedOne();
        Settlement settlement = settled(settle(delivery, nack("no such file", Duration.ZERO)));

        Workflow after = found(onlyOf(delivery));
        assertThat(settlement.state()).isEqualTo(DeliveryState.NACKED);
        assertThat(settlement.nacked()).isNull();
        assertThat(after.state()).isEqualTo(new State.Waiting());
        assertThat(after.history().attempts()).isEqualTo(1);
        assertThat(after.history().lastError()).isEqualTo("no such file");
        assertThat(after.history().deliveryId()).isEqualTo(delivery.id());
        assertThat(drainAll()).extracting(QueueEntry::workflowId).containsExactly(after.id());
        assertThat(leased(MINUTE, after).workflows().getFirst().history().attempts())
                .isEqualTo(1);
    }

    @Test
    void aRefusalWithoutAReasonKeepsTheOlderOne() {
        Workflow workflow = queuedOne();
        settle(leased(MINUTE, workflow), nack("first", Duration.ZERO));
        settle(leased(MINUTE, workflow), NACK);
        assertThat(found(workflow.id()).history().lastError()).isEqualTo("first");
        assertThat(found(workflow.id()).history().attempts()).isEqualTo(2);
    }

    @Test
    void aDelayedRefusalComesBackLater() {
        Delivery delivery = leasedOne();
        UUID id = onlyOf(delivery);
        Instant before = store().upkeep().now();
        settle(delivery, nack("later", MINUTE));

        assertThat(found(id).state())
                .isInstanceOfSatisfying(
                        State.Delayed.class,
                        delayed -> assertThat(delayed.availableAt())
                                .isBetween(
                                        before.plus(MINUTE),
                                        store().upkeep().now().plus(MINUTE)));
        assertThat(found(id).history().attempts()).isEqualTo(1);
        assertThat(store().outbox().isEmpty()).isTrue();
        assertThat(claim(found(id))).isEqualTo(new ClaimOutcome.NotClaimable());
        assertThat(expireAfter(Duration.ofSeconds(30))).isZero();
        assertThat(expireAfter(Duration.ofSeconds(40))).isEqualTo(1);

        assertThat(found(id).state()).isEqualTo(new State.Waiting());
        assertThat(found(id).history().attempts()).isEqualTo(1);
        assertThat(found(id).history().lastError()).isEqualTo("later");
        assertThat(drainAll()).extracting(QueueEntry::workflowId).containsExactly(id);
        assertThat(foundDelivery(delivery.id()).state()).isEqualTo(DeliveryState.NACKED);
    }

    @Test
    void aPartIsRefusedAndTheRestIsDone() {
        List<Workflow> all = stored("1", "2", "3");
        drainAll();
        Delivery delivery = leased(MINUTE, all.toArray(Workflow[]::new));
        UUID refused = all.get(1).id();

        Settlement settlement = settled(settle(delivery, nack("bad", Duration.ZERO, refused)));

        assertThat(settlement.workflowIds())
                .containsExactly(all.get(0).id(), refused, all.get(2).id());
        assertThat(settlement.nacked()).containsExactly(refused);
        assertThat(states(all)).containsExactly(StateName.CONSUMED, StateName.WAITING, StateName.CONSUMED);
        assertThat(found(refused).history().lastError()).isEqualTo("bad");
        assertThat(found(all.get(0).id()).history().lastError()).isNull();
        assertThat(drainAll()).extracting(QueueEntry::workflowId).containsExactly(refused);
        assertThat(settle(delivery, nack("bad", Duration.ZERO, refused)))
                .isEqualTo(new SettleOutcome.Settled(settlement, true));
    }

    @Test
    void nothingIsSettledWhenAStrangerIsNamed() {
        Delivery delivery = leasedOne();
        UUID stranger = queuedOne().id();
        Workflow before = found(onlyOf(delivery));

        assertThat(settle(delivery, nack(null, Duration.ZERO, before.id(), stranger)))
                .isEqualTo(new SettleOutcome.NotInDelivery(List.of(stranger)));
        assertThat(found(before.id())).isEqualTo(before);
        assertThat(foundDelivery(delivery.id()).state()).isEqualTo(DeliveryState.LEASED);
    }

    @Test
    void whatWasTakenOutOfADeliveryIsAStrangerToIt() {
        List<Workflow> all = stored("1", "2");
        drainAll();
        Delivery delivery = leased(MINUTE, all.toArray(Workflow[]::new));
        UUID taken = all.get(0).id();
        change(all.get(0), Status.CONSUMED);
        Workflow left = found(all.get(1).id());

        assertThat(settle(delivery, nack(null, Duration.ZERO, taken)))
                .isEqualTo(new SettleOutcome.NotInDelivery(List.of(taken)));
        assertThat(found(left.id())).isEqualTo(left);
    }

    @Test
    void theSameSaidAgainHasTheSameAnswer() {
        for (Verdict verdict : List.of(ACK, NACK)) {
            Delivery delivery = leasedOne();
            Settlement first = settled(settle(delivery, verdict));
            Workflow after = found(onlyOf(delivery));
            drainAll();
            assertThat(settle(delivery, verdict)).isEqualTo(new SettleOutcome.Settled(first, true));
            expireAfter(MINUTE.multipliedBy(2));
            assertThat(settled(settle(delivery, verdict)).workflowIds()).isEqualTo(first.workflowIds());
            assertThat(found(onlyOf(delivery)).history()).isEqualTo(after.history());
        }
    }

    @Test
    void whatIsSaidTogetherIsSettledTogether() {
        Delivery acked = leased(MINUTE, queuedOne(), queuedOne());
        Delivery nacked = leasedOne();
        Delivery other = leasedOne();
        Delivery late = leasedOne();
        settle(late, NACK);
        drainAll();

        List<SettleOutcome> outcomes = store().deliveries()
                .settle(List.of(
                        new SettleRequest(nacked.id(), NACK),
                        new SettleRequest(acked.id(), ACK),
                        new SettleRequest(acked.id(), NACK),
                        new SettleRequest(late.id(), ACK),
                        new SettleRequest(UUID.randomUUID(), ACK),
                        new SettleRequest(other.id(), ACK),
                        new SettleRequest(acked.id(), ACK)));

        assertThat(settled(outcomes.get(0)).workflowIds()).containsExactly(onlyOf(nacked));
        assertThat(settled(outcomes.get(1)).workflowIds())
                .containsExactlyElementsOf(
                        acked.workflows().stream().map(Workflow::id).toList());
        assertThat(outcomes.get(2)).isEqualTo(new SettleOutcome.AlreadySettled(DeliveryState.ACKED));
        assertThat(outcomes.get(3)).isEqualTo(new SettleOutcome.AlreadySettled(DeliveryState.NACKED));
        assertThat(outcomes.get(4)).isEqualTo(new SettleOutcome.UnknownDelivery());
        assertThat(settled(outcomes.get(5)).workflowIds()).containsExactly(onlyOf(other));
        assertThat(outcomes.get(1)).isEqualTo(new SettleOutcome.Settled(settled(outcomes.get(6)), false));
        assertThat(outcomes.get(6)).isEqualTo(new SettleOutcome.Settled(settled(outcomes.get(1)), true));
        assertThat(states(acked.workflows())).containsOnly(StateName.CONSUMED);
        assertThat(found(onlyOf(other)).state()).isInstanceOf(State.Consumed.class);
        assertThat(drainAll()).extracting(QueueEntry::workflowId).containsExactly(onlyOf(nacked));
    }

    /** An acknowledgement is meant for all that a delivery still has, whatever else is settled with it. */
    @Test
    void whatIsSaidTogetherTouchesOnlyWhatEachStillHas() {
        Delivery first = leased(MINUTE, queuedOne(), queuedOne());
        Delivery second = leasedOne();
        UUID taken = first.workflows().getFirst().id();
        UUID kept = first.workflows().getLast().id();
        store().workflows().changeStatus(new StatusChange(taken, Status.CONSUMED, null, null));
        long version = found(taken).history().version();

        List<SettleOutcome> outcomes = store().deliveries()
                .settle(List.of(new SettleRequest(first.id(), ACK), new SettleRequest(second.id(), ACK)));

        assertThat(settled(outcomes.getFirst()).workflowIds()).containsExactly(kept);
        assertThat(settled(outcomes.getLast()).workflowIds()).containsExactly(onlyOf(second));
        assertThat(found(taken).history().version()).isEqualTo(version);
    }

    @Test
    void anotherVerdictComesTooLate() {
        Delivery acked = leasedOne();
        settle(acked, ACK);
        assertThat(settle(acked, NACK)).isEqualTo(new SettleOutcome.AlreadySettled(DeliveryState.ACKED));
        assertThat(extend(acked, null)).isEqualTo(new SettleOutcome.AlreadySettled(DeliveryState.ACKED));
        Delivery nacked = leasedOne();
        settle(nacked, NACK);
        assertThat(settle(nacked, ACK)).isEqualTo(new SettleOutcome.AlreadySettled(DeliveryState.NACKED));
        assertThat(found(onlyOf(acked)).state()).isInstanceOf(State.Consumed.class);
        assertThat(found(onlyOf(nacked)).state()).isEqualTo(new State.Waiting());
    }

    @Test
    void nothingCanBeSaidOfAFinalDelivery() {
        Delivery plain = delivered(claim(inForm(PLAIN, queuedOne())).getFirst()).delivery();
        Delivery other = delivered(claim(claimOf(queuedOne())).getFirst()).delivery();
        for (Delivery delivery : List.of(plain, other)) {
            assertThat(settle(delivery, ACK)).isEqualTo(new SettleOutcome.NotLeased());
            assertThat(settle(delivery, NACK)).isEqualTo(new SettleOutcome.NotLeased());
            assertThat(extend(delivery, null)).isEqualTo(new SettleOutcome.NotLeased());
        }
    }

    @Test
    void aLeaseThatIsOverCannotBeSettled() {
        Delivery delivery = leasedOne();
        store().age(MINUTE.plusSeconds(1));
        assertThat(foundDelivery(delivery.id()).state()).isEqualTo(DeliveryState.EXPIRED);
        assertThat(settle(delivery, ACK)).isEqualTo(new SettleOutcome.LeaseExpired());
        assertThat(settle(delivery, NACK)).isEqualTo(new SettleOutcome.LeaseExpired());
        assertThat(extend(delivery, MINUTE)).isEqualTo(new SettleOutcome.LeaseExpired());
        assertThat(store().upkeep().expire(1000)).isEqualTo(1);
        assertThat(settle(delivery, ACK)).isEqualTo(new SettleOutcome.LeaseExpired());
        assertThat(foundDelivery(delivery.id()).state()).isEqualTo(DeliveryState.EXPIRED);
    }

    @Test
    void aLateVerdictNeverTouchesANewerDelivery() {
        Delivery late = leasedOne();
        expireAfter(MINUTE.plusSeconds(1));
        Delivery newer = leased(MINUTE, found(onlyOf(late)));
        Workflow before = found(onlyOf(late));

        assertThat(settle(late, ACK)).isEqualTo(new SettleOutcome.LeaseExpired());
        assertThat(settle(late, NACK)).isEqualTo(new SettleOutcome.LeaseExpired());
        assertThat(extend(late, MINUTE)).isEqualTo(new SettleOutcome.LeaseExpired());
        store().deliveries().giveBack(late.id());
        assertThat(found(before.id())).isEqualTo(before);
        assertThat(settled(settle(newer, ACK)).workflowIds()).containsExactly(before.id());
    }

    @Test
    void aLeaseCanBeProlongedAndShortened() {
        Delivery delivery = leasedOne();
        store().age(Duration.ofSeconds(50));
        Settlement same = settled(extend(delivery, null));
        assertThat(same.state()).isEqualTo(DeliveryState.LEASED);
        assertThat(same.workflowIds()).containsExactly(onlyOf(delivery));
        assertThat(same.times().settledAt()).isNull();
        assertThat(found(onlyOf(delivery)).state())
                .isEqualTo(leasedUntil(same.times().leaseExpiresAt()));
        assertThat(expireAfter(Duration.ofSeconds(50))).isZero();

        Settlement shorter = settled(extend(delivery, Duration.ofSeconds(5)));
        assertThat(shorter.times().leaseExpiresAt())
                .isBefore(store().upkeep().now().plusSeconds(6));
        assertThat(expireAfter(Duration.ofSeconds(6))).isEqualTo(1);
    }

    @Test
    void aProlongedLeaseIsStillToldAsItWasPromised() {
        Delivery delivery = leasedOne();
        extend(delivery, Duration.ofHours(1));
        assertThat(foundDelivery(delivery.id()).leaseExpiresAt()).isEqualTo(delivery.leaseExpiresAt());
        assertSameButVersion(foundDelivery(delivery.id()).workflows(), delivery.workflows());
    }

    @Test
    void aDeliveryThatStatusChangesEmptiedCannotBeSettled() {
        Delivery delivery = leasedOne();
        Workflow workflow = found(onlyOf(delivery));
        change(workflow, Status.CONSUMED);
        assertThat(settle(delivery, ACK)).isEqualTo(new SettleOutcome.AlreadySettled(DeliveryState.EXPIRED));
        assertThat(settle(delivery, NACK)).isEqualTo(new SettleOutcome.AlreadySettled(DeliveryState.EXPIRED));
        assertThat(extend(delivery, null)).isEqualTo(new SettleOutcome.AlreadySettled(DeliveryState.EXPIRED));
        change(workflow, Status.INSERTED);
        assertThat(settle(delivery, ACK)).isEqualTo(new SettleOutcome.AlreadySettled(DeliveryState.EXPIRED));
        assertThat(found(workflow.id()).state()).isEqualTo(new State.Waiting());
        assertThat(expireAfter(MINUTE.plusSeconds(1))).isZero();
        assertThat(settle(delivery, ACK)).isEqualTo(new SettleOutcome.AlreadySettled(DeliveryState.EXPIRED));
        assertThat(extend(delivery, null)).isEqualTo(new SettleOutcome.AlreadySettled(DeliveryState.EXPIRED));
    }

    /** There is nothing left of which its consumer could say anything. */
    @Test
    void aDeliveryIsOverAsSoonAsStatusChangesEmptiedIt() {
        Workflow first = queuedOne();
        Workflow second = queuedOne();
        Delivery delivery = leased(MINUTE, first, second);

        change(first, Status.CONSUMED);
        assertThat(foundDelivery(delivery.id()).state()).isEqualTo(DeliveryState.LEASED);
        change(first, Status.INSERTED);
        assertThat(foundDelivery(delivery.id()).state()).isEqualTo(DeliveryState.LEASED);
        change(second, Status.CONSUMED);

        Delivery emptied = foundDelivery(delivery.id());
        assertThat(emptied.state()).isEqualTo(DeliveryState.EXPIRED);
        assertThat(emptied.leaseExpiresAt()).isEqualTo(delivery.leaseExpiresAt());
        assertSameButVersion(emptied.workflows(), delivery.workflows());
    }

    /** Nor does it live again with what becomes of its workflows. */
    @Test
    void anEmptiedDeliveryStaysOver() {
        Delivery delivery = leasedOne();
        Workflow workflow = found(onlyOf(delivery));
        change(workflow, Status.CONSUMED);
        change(workflow, Status.INSERTED);
        assertThat(foundDelivery(delivery.id()).state()).isEqualTo(DeliveryState.EXPIRED);

        Delivery newer = leased(MINUTE, found(workflow.id()));
        assertThat(foundDelivery(delivery.id()).state()).isEqualTo(DeliveryState.EXPIRED);
        assertThat(foundDelivery(newer.id()).state()).isEqualTo(DeliveryState.LEASED);
        settle(newer, nack(null, MINUTE));
        assertThat(foundDelivery(delivery.id()).state()).isEqualTo(DeliveryState.EXPIRED);
        assertThat(foundDelivery(newer.id()).state()).isEqualTo(DeliveryState.NACKED);
    }

    @Test
    void whatWasSettledIsNotGivenBack() {
        Delivery delivery = leasedOne();
        settle(delivery, ACK);
        Workflow before = found(onlyOf(delivery));
        store().deliveries().giveBack(delivery.id());
        assertThat(found(before.id())).isEqualTo(before);
        assertThat(foundDelivery(delivery.id()).state()).isEqualTo(DeliveryState.ACKED);
    }

    @Test
    void ofManyVerdictsAtOnceOneHolds() throws Exception {
        List<Workflow> all =
                stored(IntStream.range(0, 20).mapToObj(Integer::toString).toArray(String[]::new));
        Delivery delivery = leased(MINUTE, all.toArray(Workflow[]::new));
        drainAll();
        List<Callable<List<SettleOutcome>>> verdicts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            verdicts.add(() -> List.of(settle(delivery, ACK)));
            verdicts.add(() -> List.of(settle(delivery, NACK)));
        }
        assertThat(Together.run(verdicts).stream().filter(SettleOutcome.Settled.class::isInstance))
                .hasSize(4);
        boolean acked = foundDelivery(delivery.id()).state() == DeliveryState.ACKED;
        assertThat(states(all)).containsOnly(acked ? StateName.CONSUMED : StateName.WAITING);
        assertThat(drainAll()).hasSize(acked ? 0 : 20);
    }
}
