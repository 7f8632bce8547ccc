package dev.workflow.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.domain.ChangeOutcome;
import dev.workflow.domain.Keyed;
import dev.workflow.domain.Redrive;
import dev.workflow.domain.RedriveOutcome;
import dev.workflow.domain.RequestKey;
import dev.workflow.domain.Status;
import dev.workflow.domain.StatusChange;
import dev.workflow.domain.SubmitOutcome;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.delivery.DeliveryTerms;
import dev.workflow.domain.delivery.SettleOutcome;
import dev.workflow.domain.delivery.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks again, with the same key, until it is answered, and remembers what it was told. Each of its requests has a name, which
 * is its key.
 */
final class FaithfulClient {
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final List<UUID> submitted = new ArrayList<>();
    private final List<UUID> done = new ArrayList<>();
    private final Map<UUID, Integer> refused = new HashMap<>();
    private @Nullable UUID delivery;
    private List<UUID> held = List.of();

    List<UUID> submitted() {
        return submitted;
    }

    /** Acknowledged, or consumed for good. */
    List<UUID> done() {
        return done;
    }

    int attempts(UUID id) {
        return refused.getOrDefault(id, 0);
    }

    void submit(Instance instance, String name, String... data) {
        assertThat(answer(instance.submit(key(name), data)))
                .isInstanceOfSatisfying(
                        SubmitOutcome.Stored.class, stored -> submitted.addAll(ids(stored.workflows())));
    }

    void lease(Instance instance, String name) {
        held = consume(instance, new DeliveryTerms(Instance.DATA, LEASE, key(name)));
    }

    void take(Instance instance, String name) {
        done.addAll(consume(instance, new DeliveryTerms(Instance.DATA, null, key(name))));
    }

    private List<UUID> consume(Instance instance, DeliveryTerms terms) {
        ConsumeOutcome outcome = answer(instance.consume
                .consume(Instance.forOne(terms))
                .toCompletableFuture()
                .join());
        assertThat(outcome).isInstanceOf(ConsumeOutcome.Delivered.class);
        ConsumeOutcome.Delivered delivered = (ConsumeOutcome.Delivered) outcome;
        delivery = delivered.delivery().id();
        return ids(delivered.delivery().workflows());
    }

    void acknowledge(Instance instance) {
        settle(instance, new Verdict.Acknowledge());
        done.addAll(held);
    }

    void refuse(Instance instance, Duration delay) {
        settle(instance, new Verdict.Refuse(Set.of(), delay, "no"));
        failed();
    }

    private void settle(Instance instance, Verdict verdict) {
        assertThat(delivery).isNotNull();
        assertThat(instance.settle(delivery, verdict)).isInstanceOf(SettleOutcome.Settled.class);
    }

    /** What it holds has ended without an acknowledgement. */
    void failed() {
        held.forEach(each -> refused.merge(each, 1, Integer::sum));
    }

    void redrive(Instance instance, String name) {
        RedriveOutcome outcome = answer(instance.redrive.redrive(new Redrive(null, key(name))));
        assertThat(outcome).isEqualTo(new RedriveOutcome(1, List.of(), false));
        refused.values().removeIf(count -> count == CrashWithKeysTest.MAX_ATTEMPTS);
    }

    void change(Instance instance, String name, UUID id, Status to) {
        assertThat(answer(instance.changeStatus.change(new StatusChange(id, to, null, key(name)))))
                .isInstanceOf(ChangeOutcome.Done.class);
        if (to == Status.INSERTED) {
            refused.remove(id);
            done.remove(id);
        }
    }

    private static RequestKey key(String name) {
        return new RequestKey("", name, name);
    }

    private static List<UUID> ids(List<Workflow> workflows) {
        return workflows.stream().map(Workflow::id).toList();
    }

    private static <O> O answer(Keyed<O> keyed) {
        return switch (keyed) {
            case Keyed.Fresh<O>(O outcome) -> outcome;
            case Keyed.Replayed<O>(O outcome) -> outcome;
            case Keyed.Reused<O> reused -> throw new AssertionError(reused);
            case Keyed.InProgress<O> inProgress -> throw new AssertionError(inProgress);
        };
    }
}
