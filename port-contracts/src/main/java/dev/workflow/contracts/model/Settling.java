package dev.workflow.contracts.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.Outcomes;
import dev.workflow.domain.StateName;
import dev.workflow.domain.delivery.DeliveryState;
import dev.workflow.domain.delivery.SettleOutcome;
import dev.workflow.domain.delivery.Settlement;
import dev.workflow.domain.delivery.Verdict;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** Says what became of deliveries. */
final class Settling {
    private final World world;
    private final Oracle oracle;

    Settling(World world) {
        this.world = world;
        this.oracle = world.oracle;
    }

    private void with(int delivery, Consumer<Handed> action) {
        // the newest first, since most of the old ones are settled
        World.pick(List.copyOf(oracle.deliveries.values()).reversed(), delivery).ifPresent(action);
    }

    void ack(Step.Ack step) {
        with(step.delivery(), handed -> settle(handed, new Verdict.Acknowledge()));
    }

    void nack(Step.Nack step) {
        with(step.delivery(), handed -> {
            Set<UUID> only = new HashSet<>();
            step.only()
                    .forEach(each -> only.add(
                            each < 0
                                    ? World.IDS.next()
                                    : World.pick(handed.ids(), each).orElseThrow()));
            String error = step.reason() ? "error " + oracle.now() : null;
            settle(handed, new Verdict.Refuse(only, Duration.ofSeconds(step.delay()), error));
        });
    }

    private void settle(Handed handed, Verdict verdict) {
        SettleOutcome outcome = Outcomes.settle(world.store.deliveries(), handed.id, verdict);
        Settlement before = handed.settlement;
        if (before != null && before.state() == verdict.state()) {
            checkSaidBefore(handed, before, outcome);
        } else if (checkedRefusal(handed, outcome).isEmpty()) {
            Set<UUID> foreign = new HashSet<>(named(verdict));
            oracle.heldBy(handed).forEach(each -> foreign.remove(each.id));
            if (foreign.isEmpty()) {
                checkSettled(handed, verdict, outcome);
            } else {
                assertThat(outcome)
                        .isInstanceOfSatisfying(
                                SettleOutcome.NotInDelivery.class,
                                no -> assertThat(no.workflowIds()).containsExactlyInAnyOrderElementsOf(foreign));
            }
        }
    }

    private static Set<UUID> named(Verdict verdict) {
        return verdict instanceof Verdict.Refuse refuse ? refuse.workflowIds() : Set.of();
    }

    private void checkSaidBefore(Handed handed, Settlement before, SettleOutcome outcome) {
        if (oracle.isKnown(handed)) {
            assertThat(withoutTimes(settled(outcome, true), before.times())).isEqualTo(before);
        } else {
            assertThat(outcome).isEqualTo(new SettleOutcome.UnknownDelivery());
        }
    }

    private static Settlement withoutTimes(Settlement is, Settlement.Times times) {
        return new Settlement(is.id(), is.state(), is.workflowIds(), is.nacked(), times);
    }

    /** Checks why nothing can be said; empty when something can. */
    private Optional<SettleOutcome> checkedRefusal(Handed handed, SettleOutcome outcome) {
        boolean emptied = handed.end == null && oracle.heldBy(handed).isEmpty();
        DeliveryState state = oracle.state(handed);
        SettleOutcome settled = new SettleOutcome.AlreadySettled(state);
        Optional<SettleOutcome> refusal = switch (state) {
            case FINAL -> Optional.of(new SettleOutcome.NotLeased());
            case ACKED, NACKED -> Optional.of(settled);
            case EXPIRED -> Optional.of(emptied ? settled : new SettleOutcome.LeaseExpired());
            case LEASED -> Optional.empty();
        };
        SettleOutcome unknown = new SettleOutcome.UnknownDelivery();
        refusal.ifPresent(each -> assertThat(outcome).isEqualTo(oracle.isKnown(handed) ? each : unknown));
        return refusal;
    }

    private void checkSettled(Handed handed, Verdict verdict, SettleOutcome outcome) {
        List<Known> held = oracle.heldBy(handed);
        List<UUID> touched = held.stream().map(each -> each.id).toList();
        Settlement is = settled(outcome, false);
        assertThat(is.id()).isEqualTo(handed.id);
        assertThat(is.state()).isEqualTo(verdict.state());
        assertThat(is.workflowIds()).isEqualTo(touched);
        assertThat(is.nacked())
                .isEqualTo(
                        named(verdict).isEmpty()
                                ? null
                                : touched.stream()
                                        .filter(named(verdict)::contains)
                                        .toList());
        assertThat(is.times().leaseExpiresAt()).isNull();
        assertThat(is.times().settledAt()).isNotNull();
        held.forEach(each -> apply(verdict, each));
        handed.end = verdict.state();
        handed.settlement = is;
    }

    private void apply(Verdict verdict, Known known) {
        if (verdict instanceof Verdict.Refuse(Set<UUID> only, Duration delay, String error)
                && (only.isEmpty() || only.contains(known.id))) {
            oracle.fail(known, (int) delay.toSeconds(), error);
        } else {
            oracle.consume(known);
        }
    }

    void extend(Step.Extend step) {
        Duration lease = step.lease() == 0 ? null : Duration.ofSeconds(step.lease());
        with(step.delivery(), handed -> {
            SettleOutcome outcome = world.store.deliveries().extend(handed.id, lease);
            if (checkedRefusal(handed, outcome).isEmpty()) {
                checkExtended(handed, step.lease() == 0 ? handed.lease : step.lease(), outcome);
            }
        });
    }

    private void checkExtended(Handed handed, int lease, SettleOutcome outcome) {
        List<Known> held = oracle.heldBy(handed);
        Settlement is = settled(outcome, false);
        assertThat(is.state()).isEqualTo(DeliveryState.LEASED);
        assertThat(is.workflowIds())
                .isEqualTo(held.stream().map(each -> each.id).toList());
        assertThat(is.times().settledAt()).isNull();
        handed.leaseUntil = oracle.now() + lease;
        held.forEach(each -> each.become(StateName.LEASED, handed.leaseUntil));
        Invariants.assertAbout(is.times().leaseExpiresAt(), world.at(handed.leaseUntil));
    }

    private static Settlement settled(SettleOutcome outcome, boolean before) {
        assertThat(outcome).isInstanceOf(SettleOutcome.Settled.class);
        SettleOutcome.Settled settled = (SettleOutcome.Settled) outcome;
        assertThat(settled.before()).isEqualTo(before);
        return settled.settlement();
    }

    void giveBack(Step.GiveBack step) {
        with(step.delivery(), handed -> {
            world.store.deliveries().giveBack(handed.id);
            List<Known> members = oracle.all().stream()
                    .filter(each -> handed.id.equals(each.deliveryId))
                    .toList();
            if (handed.end == null && !members.isEmpty()) {
                oracle.deliveries.remove(handed.id);
                members.forEach(each -> giveBack(handed, each));
            }
        });
    }

    /** What was changed by hand since stays as it is. */
    private void giveBack(Handed handed, Known known) {
        boolean held = known.isHeldBy(handed);
        boolean done = known.isIn(StateName.CONSUMED)
                && handed.lease == 0
                && handed.members.stream()
                        .anyMatch(each -> each.id().equals(known.id) && each.version() == known.version);
        known.deliveryId = null;
        if (held || done) {
            oracle.wait(known);
        } else {
            known.become(known.state, known.time);
        }
    }
}
