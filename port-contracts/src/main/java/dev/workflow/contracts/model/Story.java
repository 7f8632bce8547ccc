package dev.workflow.contracts.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.StoreFixture;
import dev.workflow.contracts.model.Step.End;
import dev.workflow.contracts.model.Step.Order;
import dev.workflow.contracts.model.Step.Publishing;
import dev.workflow.contracts.model.Step.Versions;
import dev.workflow.domain.StateName;
import dev.workflow.domain.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Lets steps happen to a store and asserts after each that the store is what the oracle says. */
public final class Story {
    private static final Step RELAY_ALL = new Step.Relay(10_000, Publishing.ALL);
    private static final int LONGER_THAN_ANY_LEASE = 400;

    private final World world;
    private final Submitting submitting;
    private final Consuming consuming;
    private final Settling settling;
    private final Changing changing;
    private final Housekeeping housekeeping;
    private final Invariants invariants;

    private Story(StoreFixture store) {
        this.world = new World(store);
        this.submitting = new Submitting(world);
        this.consuming = new Consuming(world);
        this.settling = new Settling(world);
        this.changing = new Changing(world);
        this.housekeeping = new Housekeeping(world);
        this.invariants = new Invariants(world);
    }

    /** Tells a story on an empty store. */
    public static void tell(StoreFixture emptyStore, List<Step> steps) {
        Story story = new Story(emptyStore);
        for (int i = 0; i < steps.size(); i++) {
            story.happen(steps.get(i), "step " + (i + 1) + ", " + steps.get(i));
        }
        story.end();
    }

    private void happen(Step step, String name) {
        try {
            happen(step);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(name + ": " + e.getMessage(), e);
        }
    }

    private void happen(Step step) {
        housekeeping.holdTime();
        world.oracle.nextStatement();
        act(step);
        invariants.check();
    }

    private void act(Step step) {
        switch (step) {
            case Step.Post post -> submitting.post(post);
            case Step.Consume consume -> consuming.consume(consume);
            case Step.Ack ack -> settling.ack(ack);
            case Step.Nack nack -> settling.nack(nack);
            case Step.Extend extend -> settling.extend(extend);
            case Step.GiveBack giveBack -> settling.giveBack(giveBack);
            case Step.Patch patch -> changing.patch(patch);
            case Step.Redrive redrive -> changing.redrive(redrive);
            case Step.Purge purge -> changing.purge(purge);
            case Step.Again again -> world.again(again.request());
            case Step.Tick tick -> housekeeping.tick(tick.seconds());
            case Step.Expire expire -> housekeeping.expire(expire.max());
            case Step.ForgetKeys forget -> housekeeping.forgetKeys(forget.max());
            case Step.Relay relay -> housekeeping.relay(relay);
            case Step.Requeue() -> housekeeping.requeue();
            case Step.Lose lose -> world.broker.lose(lose.count());
            case Step.Duplicate duplicate -> world.broker.duplicate(duplicate.count());
            case Step.Wear wear -> wear(wear);
            case Step.TakeOver takeOver -> takeOver(takeOver);
        }
    }

    private void wear(Step.Wear step) {
        World.pick(world.oracle.in(StateName.WAITING), step.workflow()).ifPresent(known -> {
            for (int i = 0; i < step.times() && known.isIn(StateName.WAITING); i++) {
                lease(known);
                happen(new Step.Nack(0, 0, true, List.of()));
            }
        });
    }

    private void takeOver(Step.TakeOver step) {
        World.pick(world.oracle.in(StateName.LEASED), step.workflow()).ifPresent(known -> {
            int place = world.oracle.all().indexOf(known);
            happen(new Step.Patch(place, Status.CONSUMED, Versions.ANY, Step.NO_KEY));
            happen(new Step.Patch(place, Status.INSERTED, Versions.ANY, Step.NO_KEY));
            if (known.isIn(StateName.WAITING)) {
                lease(known);
            }
        });
    }

    private void lease(Known known) {
        happen(RELAY_ALL);
        world.broker.redeliver(known.id);
        happen(consumption(new Order(1, 50, true, Step.NO_KEY)));
    }

    private static Step consumption(Order order) {
        return new Step.Consume(List.of(order), End.NEVER);
    }

    /** Whatever has happened, everything that is left can be had, and once. */
    private void end() {
        happen(new Step.Tick(LONGER_THAN_ANY_LEASE), "at the end, time passes");
        happen(new Step.Expire(10_000), "at the end, leases end");
        happen(new Step.Redrive(List.of(), Step.NO_KEY), "at the end, the dead are redriven");
        happen(new Step.Requeue(), "at the end, the lost are queued again");
        happen(RELAY_ALL, "at the end, all is published");
        List<UUID> left =
                world.oracle.in(StateName.WAITING).stream().map(each -> each.id).toList();
        List<UUID> had = new ArrayList<>();
        int before = world.oracle.deliveries.size();
        while (world.broker.isNotEmpty()) {
            happen(consumption(new Order(4, 0, true, Step.NO_KEY)), "at the end, all is consumed");
        }
        world.oracle.deliveries.values().stream().skip(before).forEach(each -> had.addAll(each.ids()));
        assertThat(had).as("consumed at the end").containsExactlyInAnyOrderElementsOf(left);
        assertThat(world.oracle.all()).allMatch(each -> each.isIn(StateName.CONSUMED));
        invariants.checkDeliveries();
    }
}
