package dev.workflow.contracts;

import dev.workflow.contracts.model.Step;
import dev.workflow.contracts.model.Step.End;
import dev.workflow.contracts.model.Step.Order;
import dev.workflow.contracts.model.Step.Parcel;
import dev.workflow.contracts.model.Step.Publishing;
import dev.workflow.contracts.model.Step.Versions;
import dev.workflow.contracts.model.Story;
import dev.workflow.domain.StateName;
import dev.workflow.domain.Status;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Stories on which a store once failed, as they were shrunk. */
public abstract class StoryContract extends StoreContract {
    private static final Step PUBLISH = new Step.Relay(100, Publishing.ALL);
    /** One for good: without a row of its own for the delivery, and with one. */
    private static final List<Step> IN_EITHER_FORM =
            List.of(consume(new Order(1, 0, true, Step.NO_KEY)), consume(new Order(1, 0, false, Step.NO_KEY)));

    private void tell(Step... steps) {
        Story.tell(store(), List.of(steps));
    }

    private static Step post(int workflows) {
        return new Step.Post(List.of(new Parcel(workflows, true, Step.NO_KEY)));
    }

    private static Step consume(int max, int lease, int key) {
        return consume(new Order(max, lease, true, key));
    }

    private static Step consume(Order order) {
        return new Step.Consume(List.of(order), End.NEVER);
    }

    private static Step patch(int workflow, Status to) {
        return new Step.Patch(workflow, to, Versions.ANY, Step.NO_KEY);
    }

    /** It went on naming a delivery that nobody can find. */
    @Test
    void whatWasPutBackByHandForgetsADeliveryThatIsGivenBack() {
        for (Step consume : IN_EITHER_FORM) {
            Story.tell(
                    emptyStore(),
                    List.of(post(1), PUBLISH, consume, patch(0, Status.INSERTED), PUBLISH, new Step.GiveBack(0)));
        }
    }

    /** It came back, although it had been taken out for good. */
    @Test
    void whatWasConsumedByHandStaysSoWhenItsLeaseIsGivenBack() {
        tell(post(2), PUBLISH, consume(2, 50, 0), patch(0, Status.CONSUMED), new Step.GiveBack(0));
    }

    @Test
    void whatWasConsumedAgainByHandStaysSoWhenItsDeliveryIsGivenBack() {
        for (Step consume : IN_EITHER_FORM) {
            Story.tell(
                    emptyStore(),
                    List.of(
                            post(1),
                            PUBLISH,
                            consume,
                            patch(0, Status.INSERTED),
                            patch(0, Status.CONSUMED),
                            new Step.GiveBack(0)));
        }
    }

    /** The answer was an error. */
    @Test
    void aKeyOutlivesTheWorkflowsOfItsDelivery() {
        tell(
                post(1),
                PUBLISH,
                consume(1, 0, 1),
                new Step.Tick(40),
                new Step.Purge(StateName.CONSUMED, 30),
                new Step.Again(0));
    }

    /** It went, and the delivery could be shown in part only. */
    @Test
    void aDeliveryIsShownWholeWhenOneOfItsWorkflowsIsGone() {
        tell(
                post(2),
                PUBLISH,
                consume(2, 150, 0),
                patch(0, Status.CONSUMED),
                new Step.Tick(100),
                new Step.Purge(StateName.CONSUMED, 30));
    }

    @Test
    void aDeliveryIsGoneWithTheLastOfItsDead() {
        tell(
                post(2),
                new Step.Wear(0, 4),
                PUBLISH,
                consume(1, 50, 0),
                new Step.Nack(0, 0, false, List.of()),
                new Step.Tick(40),
                new Step.Purge(StateName.DEAD, 30));
    }

    @Test
    void anOlderLeaseThatStillRunsCannotTouchANewerOne() {
        for (Step late : List.of(
                new Step.Ack(1), new Step.Nack(1, 0, true, List.of()), new Step.Extend(1, 250), new Step.GiveBack(1))) {
            Story.tell(
                    emptyStore(),
                    List.of(post(1), PUBLISH, consume(1, 150, 0), new Step.TakeOver(0), late, new Step.Ack(0)));
        }
    }
}
