package dev.workflow.contracts.model;

import dev.workflow.domain.RequestKey;
import dev.workflow.domain.StateName;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.delivery.DeliveryState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The store as plain maps have it. Time is counted in seconds from the start of the story. */
final class Oracle {
    private static final int MAX_ATTEMPTS = 5;
    private static final long KEYS_LAST = 86_400;

    /** On its way to the queue; one statement's entries may go in any order. */
    record Entry(long statement, UUID workflowId) {}

    /** What a key has come to. */
    record Answer(String fingerprint, Object outcome, long expiresAt) {}

    /** What a key decides. */
    enum Decision {
        ACT,
        REPLAY,
        REFUSE
    }

    /** In the order of their ids. */
    final Map<UUID, Known> workflows = new LinkedHashMap<>();

    final Map<UUID, Handed> deliveries = new LinkedHashMap<>();
    final Map<RequestKey.Name, Answer> answers = new HashMap<>();
    final List<Entry> outbox = new ArrayList<>();
    private long now;
    private long statement;

    long now() {
        return now;
    }

    void tick(int seconds) {
        now += seconds;
    }

    /** What is queued from now on is queued later than what was queued before. */
    void nextStatement() {
        statement++;
    }

    Known known(UUID id) {
        return Objects.requireNonNull(workflows.get(id));
    }

    List<Known> all() {
        return List.copyOf(workflows.values());
    }

    List<Known> in(StateName state) {
        return workflows.values().stream().filter(each -> each.isIn(state)).toList();
    }

    void add(Workflow workflow) {
        Known known = new Known(workflow);
        workflows.put(known.id, known);
        known.waitingSince = now;
        queue(known);
    }

    void queue(Known known) {
        known.queuedAt = now;
        known.statement = statement;
        outbox.add(new Entry(statement, known.id));
    }

    void wait(Known known) {
        known.become(StateName.WAITING, 0);
        known.waitingSince = now;
        queue(known);
    }

    void forgive(Known known) {
        known.attempts = 0;
        wait(known);
    }

    void consume(Known known) {
        known.become(StateName.CONSUMED, now);
    }

    boolean isOnLastAttempt(Known known) {
        return known.attempts == MAX_ATTEMPTS - 1;
    }

    /** One delivery of it is finished and was not acknowledged. */
    void fail(Known known, int delay, @Nullable String error) {
        boolean dies = isOnLastAttempt(known);
        known.attempts++;
        known.lastError = error == null ? known.lastError : error;
        if (dies) {
            known.become(StateName.DEAD, now);
        } else if (delay > 0) {
            known.become(StateName.DELAYED, now + delay);
        } else {
            wait(known);
        }
    }

    void expire(Known known) {
        if (known.isIn(StateName.DELAYED)) {
            wait(known);
            return;
        }
        Handed delivery = deliveries.get(known.deliveryId);
        if (delivery != null && delivery.end == null) {
            delivery.end = DeliveryState.EXPIRED;
        }
        fail(known, 0, "lease expired");
    }

    List<Known> heldBy(Handed delivery) {
        return delivery.members.stream()
                .map(each -> workflows.get(each.id()))
                .filter(each -> each != null && each.isHeldBy(delivery))
                .toList();
    }

    /** A lease without a workflow is over, whenever it would end. */
    DeliveryState state(Handed delivery) {
        DeliveryState state = delivery.state(now);
        return state == DeliveryState.LEASED && heldBy(delivery).isEmpty() ? DeliveryState.EXPIRED : state;
    }

    /** As long as one of its workflows is there. */
    boolean isKnown(Handed delivery) {
        return delivery.ids().stream().anyMatch(workflows::containsKey);
    }

    Decision decide(@Nullable RequestKey key) {
        Answer answer = key == null ? null : answers.get(key.name());
        if (key == null || answer == null || answer.expiresAt() <= now) {
            return Decision.ACT;
        }
        return answer.fingerprint().equals(key.fingerprint()) ? Decision.REPLAY : Decision.REFUSE;
    }

    /** What a key that decided something has come to. */
    Object answer(@Nullable RequestKey key) {
        RequestKey.Name name = Objects.requireNonNull(key).name();
        return Objects.requireNonNull(answers.get(name)).outcome();
    }

    void keep(@Nullable RequestKey key, Object outcome) {
        if (key != null) {
            answers.put(key.name(), new Answer(key.fingerprint(), outcome, now + KEYS_LAST));
        }
    }
}
