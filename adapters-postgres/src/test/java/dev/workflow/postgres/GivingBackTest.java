package dev.workflow.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.domain.Delivery;
import dev.workflow.domain.DeliveryTerms;
import dev.workflow.domain.QueueEntry;
import dev.workflow.domain.State;
import dev.workflow.domain.Status;
import dev.workflow.domain.StatusChange;
import dev.workflow.domain.Verdict;
import dev.workflow.domain.Workflow;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is given back, and what was touched by others meanwhile. */
final class GivingBackTest extends OnOneDatabase {
    @Test
    void whatWasTakenOutByHandStaysOut() {
        List<Workflow> all = stored("1", "2");
        drainAll();
        Delivery delivery = leased(MINUTE, all.toArray(Workflow[]::new));
        change(all.get(0), Status.CONSUMED);

        store.deliveries().giveBack(delivery.id());

        assertThat(found(all.get(0).id()).state()).isInstanceOf(State.Consumed.class);
        assertThat(found(all.get(1).id()).state()).isEqualTo(new State.Waiting());
        assertThat(drainAll())
                .extracting(QueueEntry::workflowId)
                .containsExactly(all.get(1).id());
        assertThat(store.deliveries().findDelivery(delivery.id())).isEmpty();
    }

    @Test
    void whatWasPutBackByHandIsNotPutBackTwice() {
        for (DeliveryTerms terms : List.of(DeliveryTerms.finalIn(PLAIN), DeliveryTerms.finalIn(NAMES))) {
            Workflow workflow = queuedOne();
            Delivery delivery = delivered(
                            claim(claimOf(List.of(workflow.id()), terms)).getFirst())
                    .delivery();
            change(workflow, Status.INSERTED);
            drainAll();
            assertThat(store.deliveries().findDelivery(delivery.id()))
                    .hasValueSatisfying(found -> assertThat(found.form()).isEqualTo(delivery.form()));
            store.deliveries().giveBack(delivery.id());
            assertThat(found(workflow.id()).state()).isEqualTo(new State.Waiting());
            assertThat(drainAll()).isEmpty();
        }
    }

    @Test
    void whatWasPutBackAndTakenOutByHandStaysOut() {
        for (DeliveryTerms terms : List.of(DeliveryTerms.finalIn(PLAIN), DeliveryTerms.finalIn(NAMES))) {
            Workflow workflow = queuedOne();
            Delivery delivery = delivered(
                            claim(claimOf(List.of(workflow.id()), terms)).getFirst())
                    .delivery();
            change(workflow, Status.INSERTED);
            change(workflow, Status.CONSUMED);
            State before = found(workflow.id()).state();
            drainAll();
            store.deliveries().giveBack(delivery.id());
            assertThat(found(workflow.id()).state()).isEqualTo(before);
            assertThat(store.deliveries().findDelivery(delivery.id())).isEmpty();
            assertThat(drainAll()).isEmpty();
        }
    }

    @Test
    void whatWasSettledStaysSettled() {
        Delivery delivery = leasedOne();
        store.deliveries().settle(delivery.id(), new Verdict.Acknowledge());
        Workflow before = found(delivery.workflows().getFirst().id());
        store.deliveries().giveBack(delivery.id());
        assertThat(found(before.id())).isEqualTo(before);
        assertThat(store.deliveries().findDelivery(delivery.id())).isPresent();
    }

    private void change(Workflow workflow, Status to) {
        store.workflows().changeStatus(StatusChange.of(workflow.id(), to));
    }
}
