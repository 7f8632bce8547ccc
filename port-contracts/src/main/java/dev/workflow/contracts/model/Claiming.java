package dev.workflow.contracts.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.Outcomes;
import dev.workflow.contracts.model.Step.Order;
import dev.workflow.domain.Keyed;
import dev.workflow.domain.StateName;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.delivery.Claim;
import dev.workflow.domain.delivery.ClaimOutcome;
import dev.workflow.domain.delivery.Delivery;
import dev.workflow.domain.delivery.DeliveryState;
import dev.workflow.domain.delivery.DeliveryTerms;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What claims must come to. */
final class Claiming {
    private final World world;
    private final Oracle oracle;

    Claiming(World world) {
        this.world = world;
        this.oracle = world.oracle;
    }

    /** What a consumer who asks again is told before anything is taken. */
    void checkAnswered(DeliveryTerms terms) {
        Optional<Keyed<ClaimOutcome>> answered = world.store.deliveries().answered(terms);
        switch (oracle.decide(terms.key())) {
            case ACT -> assertThat(answered).isEmpty();
            case REPLAY -> replay(terms, Outcomes.replayed(answered.orElseThrow()));
            case REFUSE -> assertThat(answered).contains(new Keyed.Reused<>());
        }
    }

    /**
     * Checks what became of a claim.
     *
     * @return the workflows whose messages are as good as new; null: all, since nothing was claimed
     */
    @Nullable Set<UUID> check(Consuming.Pair pair, Keyed<ClaimOutcome> outcome) {
        Claim claim = pair.claim();
        return switch (oracle.decide(claim.terms().key())) {
            case ACT -> act(pair, Outcomes.fresh(outcome));
            case REPLAY -> {
                replay(claim.terms(), Outcomes.replayed(outcome));
                yield null;
            }
            case REFUSE -> {
                assertThat(outcome).isEqualTo(new Keyed.Reused<>());
                yield null;
            }
        };
    }

    private Set<UUID> act(Consuming.Pair pair, ClaimOutcome outcome) {
        Order order = pair.order();
        Claim claim = pair.claim();
        List<Known> claimable =
                pair.newest().stream().flatMap(each -> claimable(each).stream()).toList();
        if (claimable.isEmpty()) {
            assertThat(outcome).isEqualTo(new ClaimOutcome.NotClaimable());
            return Set.of();
        }
        int count = run(claimable, order);
        assertThat(outcome).isInstanceOf(ClaimOutcome.Delivered.class);
        ClaimOutcome.Delivered delivered = (ClaimOutcome.Delivered) outcome;
        assertThat(delivered.delivery().workflows()).hasSizeLessThanOrEqualTo(order.max());
        enter(order, claim, claimable.subList(0, count));
        check(claim, delivered, claimable.subList(0, count));
        assertThat(delivered.leftOver())
                .isEqualTo(claimable.stream().skip(count).map(each -> each.id).toList());
        oracle.keep(claim.terms().key(), delivered);
        return new HashSet<>(delivered.leftOver());
    }

    private Optional<Known> claimable(Broker.Message message) {
        return Optional.ofNullable(oracle.workflows.get(message.workflowId()))
                .filter(each -> each.isIn(StateName.WAITING) && each.statement <= message.statement());
    }

    /** A workflow on its last attempt is alone. */
    private int run(List<Known> claimable, Order order) {
        int count = 0;
        while (count < claimable.size()) {
            boolean alone = order.lease() > 0 && oracle.isOnLastAttempt(claimable.get(count));
            if (alone) {
                return Math.max(count, 1);
            }
            count++;
        }
        return count;
    }

    private void enter(Order order, Claim claim, List<Known> taken) {
        List<Handed.Member> members = new ArrayList<>();
        for (Known each : taken) {
            each.deliveryId = claim.deliveryId();
            if (order.lease() > 0) {
                each.become(StateName.LEASED, oracle.now() + order.lease());
            } else {
                oracle.consume(each);
            }
            members.add(new Handed.Member(each.id, each.describe(), each.version));
        }
        assertThat(oracle.deliveries).as("ids of deliveries never repeat").doesNotContainKey(claim.deliveryId());
        oracle.deliveries.put(
                claim.deliveryId(),
                new Handed(claim.deliveryId(), claim.terms().form().text(), members, order.lease(), oracle.now()));
    }

    private void check(Claim claim, ClaimOutcome.Delivered delivered, List<Known> taken) {
        Delivery delivery = delivered.delivery();
        List<Workflow> workflows = delivery.workflows();
        assertThat(delivery.id()).isEqualTo(claim.deliveryId());
        assertThat(delivery.form()).isEqualTo(claim.terms().form().text());
        assertThat(delivery.state()).isEqualTo(claim.terms().isFinal() ? DeliveryState.FINAL : DeliveryState.LEASED);
        assertThat(workflows.stream().map(Known::describe).toList())
                .isEqualTo(taken.stream().map(Known::describe).toList());
        assertThat(delivered.rendition()).isEqualTo(claim.terms().form().render(workflows));
    }

    /** The same bytes; or nothing, when all of it was removed, or it was given back. */
    private void replay(DeliveryTerms terms, ClaimOutcome outcome) {
        ClaimOutcome.Delivered before = (ClaimOutcome.Delivered) oracle.answer(terms.key());
        Handed handed = oracle.deliveries.get(before.delivery().id());
        if (handed == null || !oracle.isKnown(handed)) {
            assertThat(outcome).isEqualTo(new ClaimOutcome.NotClaimable());
            return;
        }
        assertThat(outcome).isInstanceOf(ClaimOutcome.Delivered.class);
        ClaimOutcome.Delivered again = (ClaimOutcome.Delivered) outcome;
        assertThat(again.delivery().id()).isEqualTo(before.delivery().id());
        assertThat(again.rendition()).isEqualTo(before.rendition());
        assertThat(again.delivery().state()).isEqualTo(oracle.state(handed));
    }
}
