package dev.workflow.contracts;

import dev.workflow.domain.History;
import dev.workflow.domain.State;
import dev.workflow.domain.StorePolicy;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.csv.Rendition;
import dev.workflow.domain.delivery.Claim;
import dev.workflow.domain.delivery.ClaimOutcome;
import dev.workflow.domain.delivery.Delivery;
import dev.workflow.domain.delivery.DeliveryState;
import dev.workflow.domain.delivery.DeliveryTerms;
import dev.workflow.domain.delivery.SettleOutcome;
import dev.workflow.domain.delivery.Settlement;
import dev.workflow.domain.delivery.Verdict;
import dev.workflow.domain.port.DeliveryRepository;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The deliveries of an {@link InMemoryStore}. Guarded by the store's lock. */
final class Ledger {
    private static final String LEASE_EXPIRED = "lease expired";

    /** A delivery, and how it stands. */
    private static final class Entry {
        final Delivery delivery;
        final Instant deliveredAt;
        final @Nullable Duration lease;

        @Nullable Instant leaseUntil;

        @Nullable Settlement settlement;

        Entry(Delivery delivery, Instant deliveredAt, @Nullable Duration lease) {
            this.delivery = delivery;
            this.deliveredAt = deliveredAt;
            this.lease = lease;
            this.leaseUntil = delivery.leaseExpiresAt();
        }

        Settlement settled(DeliveryState state, List<UUID> touched, @Nullable List<UUID> nacked, Instant at) {
            return new Settlement(delivery.id(), state, touched, nacked, new Settlement.Times(deliveredAt, null, at));
        }
    }

    private final Shelf shelf;
    private final StorePolicy policy;
    private final Map<UUID, Entry> entries = new HashMap<>();

    Ledger(Shelf shelf, StorePolicy policy) {
        this.shelf = shelf;
        this.policy = policy;
    }

    /** What a claim would come to; nothing is changed yet. */
    ClaimOutcome plan(Claim claim) {
        List<Workflow> claimable = claim.entries().stream()
                .filter(each -> !shelf.isStale(each))
                .flatMap(each -> shelf.find(each.workflowId()).stream())
                .filter(each -> each.state() instanceof State.Waiting)
                .toList();
        if (claimable.isEmpty()) {
            return new ClaimOutcome.NotClaimable();
        }
        List<Workflow> delivered = claimable.subList(0, run(claimable, claim.terms())).stream()
                .map(each -> delivered(each, claim))
                .toList();
        Rendition rendition = claim.terms().form().render(delivered);
        int count = delivered.size() - rendition.leftOver();
        Delivery delivery = new Delivery(
                claim.deliveryId(),
                claim.terms().form().text(),
                delivered.subList(0, count),
                claim.terms().isFinal() ? DeliveryState.FINAL : DeliveryState.LEASED);
        return new ClaimOutcome.Delivered(delivery, rendition, ids(claimable).subList(count, claimable.size()));
    }

    /** Hands over what was planned. */
    void enter(Claim claim, Delivery delivery) {
        entries.put(
                delivery.id(), new Entry(delivery, shelf.now(), claim.terms().lease()));
        delivery.workflows()
                .forEach(each -> shelf.change(
                        shelf.find(each.id()).orElseThrow(), each.state(), history -> with(history, delivery.id())));
    }

    /** Whether its next delivery is the last unless it is acknowledged: then it is delivered alone. */
    private boolean isOnLastAttempt(Workflow workflow) {
        return workflow.history().attempts() + 1 >= policy.maxAttempts();
    }

    /** How many from the front make one answer. */
    private int run(List<Workflow> claimable, DeliveryTerms terms) {
        int count = 0;
        long bytes = 0;
        for (Workflow each : claimable) {
            bytes += each.content().data().length();
            boolean alone = !terms.isFinal() && isOnLastAttempt(each);
            if (count > 0 && (alone || bytes > DeliveryRepository.MAX_BYTES)) {
                return count;
            }
            count++;
            if (alone) {
                return count;
            }
        }
        return count;
    }

    private Workflow delivered(Workflow workflow, Claim claim) {
        Duration lease = claim.terms().lease();
        Instant now = shelf.now();
        State state = lease == null ? new State.Consumed(now) : new State.Leased(now.plus(lease));
        return Shelf.changed(workflow, state, history -> with(history, claim.deliveryId()));
    }

    private static History with(History history, @Nullable UUID deliveryId) {
        return new History(history.attempts(), history.lastError(), deliveryId, history.version());
    }

    Optional<Delivery> find(UUID id) {
        return Optional.ofNullable(entries.get(id)).map(this::asItIsNow);
    }

    /** Whether a workflow was in a delivery. */
    boolean names(UUID id, UUID workflowId) {
        return find(id).stream()
                .flatMap(each -> each.workflows().stream())
                .anyMatch(each -> each.id().equals(workflowId));
    }

    private Delivery asItIsNow(Entry entry) {
        Delivery delivery = entry.delivery;
        return new Delivery(delivery.id(), delivery.form(), delivery.workflows(), state(entry));
    }

    /** A lease ends with its time, or with the last of its workflows. */
    private DeliveryState state(Entry entry) {
        if (entry.settlement != null) {
            return entry.settlement.state();
        }
        boolean lives = entry.leaseUntil == null
                || (entry.leaseUntil.isAfter(shelf.now()) && !held(entry).isEmpty());
        return lives ? entry.delivery.state() : DeliveryState.EXPIRED;
    }

    SettleOutcome settle(UUID id, Verdict verdict) {
        Entry entry = entries.get(id);
        Settlement before = entry == null ? null : entry.settlement;
        if (before != null && before.state() == verdict.state()) {
            return new SettleOutcome.Settled(before, true);
        }
        Optional<SettleOutcome> refusal = refusal(entry);
        if (entry == null || refusal.isPresent()) {
            return refusal.orElseThrow();
        }
        Set<UUID> named = verdict instanceof Verdict.Refuse refuse ? refuse.workflowIds() : Set.of();
        List<UUID> foreign =
                named.stream().filter(each -> !ids(held(entry)).contains(each)).toList();
        return foreign.isEmpty() ? settle(entry, verdict) : new SettleOutcome.NotInDelivery(foreign);
    }

    private SettleOutcome settle(Entry entry, Verdict verdict) {
        List<UUID> touched = ids(held(entry));
        List<UUID> nacked = null;
        for (Workflow each : held(entry)) {
            if (verdict instanceof Verdict.Refuse refuse && isMeant(refuse, each)) {
                refuse(each, refuse);
            } else {
                shelf.change(each, new State.Consumed(shelf.now()), history -> history);
            }
        }
        if (verdict instanceof Verdict.Refuse refuse && !refuse.workflowIds().isEmpty()) {
            nacked = touched.stream().filter(refuse.workflowIds()::contains).toList();
        }
        Settlement settlement = entry.settled(verdict.state(), touched, nacked, shelf.now());
        entry.settlement = settlement;
        return new SettleOutcome.Settled(settlement, false);
    }

    private static boolean isMeant(Verdict.Refuse refuse, Workflow workflow) {
        return refuse.workflowIds().isEmpty() || refuse.workflowIds().contains(workflow.id());
    }

    private void refuse(Workflow workflow, Verdict.Refuse refuse) {
        State back = refuse.delay().isZero()
                ? new State.Waiting()
                : new State.Delayed(shelf.now().plus(refuse.delay()));
        String error = refuse.error() == null ? workflow.history().lastError() : refuse.error();
        failed(workflow, back, error);
    }

    /** Counts an attempt; the last one is the end. */
    private void failed(Workflow workflow, State back, @Nullable String error) {
        History before = workflow.history();
        State state = isOnLastAttempt(workflow) ? new State.Dead(shelf.now()) : back;
        shelf.change(
                workflow,
                state,
                history -> new History(before.attempts() + 1, error, before.deliveryId(), before.version()));
    }

    /** Why nothing can be said of a delivery; empty when something can. */
    private Optional<SettleOutcome> refusal(@Nullable Entry entry) {
        if (entry == null) {
            return Optional.of(new SettleOutcome.UnknownDelivery());
        }
        DeliveryState state = state(entry);
        SettleOutcome settled = new SettleOutcome.AlreadySettled(state);
        return switch (state) {
            case FINAL -> Optional.of(new SettleOutcome.NotLeased());
            case ACKED, NACKED -> Optional.of(settled);
            case EXPIRED -> Optional.of(wasEmptied(entry) ? settled : new SettleOutcome.LeaseExpired());
            case LEASED -> Optional.empty();
        };
    }

    /** Its lease is over, and there was nothing left to go back. */
    private boolean wasEmptied(Entry expired) {
        return expired.settlement == null && held(expired).isEmpty();
    }

    /** The workflows that the delivery still has, in its order. */
    private List<Workflow> held(Entry entry) {
        return named(entry.delivery).stream()
                .filter(each -> each.state() instanceof State.Leased)
                .toList();
    }

    SettleOutcome extend(UUID id, @Nullable Duration lease) {
        Entry entry = entries.get(id);
        Optional<SettleOutcome> refusal = refusal(entry);
        if (entry == null || refusal.isPresent()) {
            return refusal.orElseThrow();
        }
        Duration length = Stream.of(Optional.ofNullable(lease), Optional.ofNullable(entry.lease))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow();
        Instant until = shelf.now().plus(length);
        List<Workflow> held = held(entry);
        held.forEach(each -> shelf.change(each, new State.Leased(until), history -> history));
        entry.leaseUntil = until;
        Settlement.Times times = new Settlement.Times(entry.deliveredAt, until, null);
        return new SettleOutcome.Settled(new Settlement(id, DeliveryState.LEASED, ids(held), null, times), false);
    }

    /** What was changed by hand since stays as it is, but for the name of the delivery. */
    void giveBack(UUID id) {
        Entry entry = entries.get(id);
        List<Workflow> named = entry == null ? List.of() : named(entry.delivery);
        if (entry == null || entry.settlement != null || named.isEmpty()) {
            return;
        }
        entries.remove(id);
        for (Workflow each : named) {
            State state = isAsHandedOver(each, entry.delivery) ? new State.Waiting() : each.state();
            shelf.change(each, state, history -> with(history, null));
        }
    }

    /** Those of which this is the newest delivery. */
    private List<Workflow> named(Delivery delivery) {
        return delivery.workflows().stream()
                .flatMap(each -> shelf.find(each.id()).stream())
                .filter(each -> delivery.id().equals(each.history().deliveryId()))
                .toList();
    }

    private static boolean isAsHandedOver(Workflow now, Delivery delivery) {
        boolean unchanged = delivery.workflows().stream()
                .anyMatch(each -> each.id().equals(now.id())
                        && each.history().version() == now.history().version());
        return now.state() instanceof State.Leased || (now.state() instanceof State.Consumed && unchanged);
    }

    int expire(int max) {
        Instant now = shelf.now();
        List<Workflow> due = shelf.all()
                .filter(each -> !due(each).isAfter(now))
                .sorted(Comparator.comparing(Ledger::due))
                .limit(max)
                .toList();
        due.forEach(this::expire);
        return due.size();
    }

    private static Instant due(Workflow workflow) {
        return switch (workflow.state()) {
            case State.Leased(Instant expiresAt) -> expiresAt;
            case State.Delayed(Instant availableAt) -> availableAt;
            case State.Waiting() -> Instant.MAX;
            case State.Dead dead -> Instant.MAX;
            case State.Consumed consumed -> Instant.MAX;
        };
    }

    private void expire(Workflow workflow) {
        if (workflow.state() instanceof State.Delayed) {
            shelf.change(workflow, new State.Waiting(), history -> history);
            return;
        }
        Entry entry = entries.get(workflow.history().deliveryId());
        if (entry != null && entry.settlement == null) {
            entry.settlement = entry.settled(DeliveryState.EXPIRED, ids(held(entry)), null, due(workflow));
        }
        failed(workflow, new State.Waiting(), LEASE_EXPIRED);
    }

    /** Forgets deliveries of which no workflow is left. */
    void forgetEmpty() {
        entries.values()
                .removeIf(entry -> entry.delivery.workflows().stream()
                        .allMatch(each -> shelf.find(each.id()).isEmpty()));
    }

    private static List<UUID> ids(List<Workflow> workflows) {
        return new ArrayList<>(workflows.stream().map(Workflow::id).toList());
    }
}
