package dev.workflow.contracts;

import static dev.workflow.contracts.Outcomes.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.domain.ChangeOutcome;
import dev.workflow.domain.State;
import dev.workflow.domain.StateName;
import dev.workflow.domain.Status;
import dev.workflow.domain.StatusChange;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.delivery.Claim;
import dev.workflow.domain.delivery.Delivery;
import dev.workflow.domain.delivery.DeliveryTerms;
import dev.workflow.domain.delivery.Form;
import dev.workflow.domain.delivery.SettleOutcome;
import dev.workflow.domain.delivery.Settlement;
import dev.workflow.domain.delivery.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What can be said of deliveries in few words. */
abstract class DeliveriesContract extends StoreContract {
    static final Verdict ACK = new Verdict.Acknowledge();
    static final Verdict NACK = new Verdict.Refuse(Set.of(), Duration.ZERO, null);

    static Verdict nack(@Nullable String error, Duration delay, UUID... only) {
        return new Verdict.Refuse(Set.of(only), delay, error);
    }

    static Claim inForm(Form form, Workflow workflow) {
        return claimOf(List.of(workflow.id()), DeliveryTerms.finalIn(form));
    }

    final void change(Workflow workflow, Status to) {
        assertThat(fresh(store().workflows().changeStatus(StatusChange.of(workflow.id(), to))))
                .isInstanceOf(ChangeOutcome.Done.class);
    }

    final SettleOutcome settle(Delivery delivery, Verdict verdict) {
        return Outcomes.settle(store().deliveries(), delivery.id(), verdict);
    }

    final SettleOutcome extend(Delivery delivery, @Nullable Duration lease) {
        return store().deliveries().extend(delivery.id(), lease);
    }

    static Settlement settled(SettleOutcome outcome) {
        assertThat(outcome).isInstanceOf(SettleOutcome.Settled.class);
        return ((SettleOutcome.Settled) outcome).settlement();
    }

    static State leasedUntil(@Nullable Instant expiresAt) {
        return new State.Leased(Objects.requireNonNull(expiresAt));
    }

    final Delivery foundDelivery(UUID id) {
        return store().deliveries().findDelivery(id).orElseThrow();
    }

    static UUID onlyOf(Delivery delivery) {
        assertThat(delivery.workflows()).hasSize(1);
        return delivery.workflows().getFirst().id();
    }

    final List<StateName> states(List<Workflow> workflows) {
        return workflows.stream().map(each -> found(each.id()).state().name()).toList();
    }

    /** The version is the one member that a consumer never sees. */
    static void assertSameButVersion(List<Workflow> actual, List<Workflow> expected) {
        assertThat(actual)
                .usingRecursiveComparison()
                .ignoringFields("history.version")
                .isEqualTo(expected);
    }
}
