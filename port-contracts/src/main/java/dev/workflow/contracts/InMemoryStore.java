package dev.workflow.contracts;

import dev.workflow.domain.ChangeOutcome;
import dev.workflow.domain.Counts;
import dev.workflow.domain.Fault;
import dev.workflow.domain.History;
import dev.workflow.domain.Keyed;
import dev.workflow.domain.Listing;
import dev.workflow.domain.QueueEntry;
import dev.workflow.domain.Redrive;
import dev.workflow.domain.RedriveOutcome;
import dev.workflow.domain.State;
import dev.workflow.domain.StateName;
import dev.workflow.domain.Status;
import dev.workflow.domain.StatusChange;
import dev.workflow.domain.StorePolicy;
import dev.workflow.domain.Submission;
import dev.workflow.domain.SubmitOutcome;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.delivery.Claim;
import dev.workflow.domain.delivery.ClaimOutcome;
import dev.workflow.domain.delivery.Delivery;
import dev.workflow.domain.delivery.DeliveryTerms;
import dev.workflow.domain.delivery.SettleOutcome;
import dev.workflow.domain.delivery.SettleRequest;
import dev.workflow.domain.port.DeadLetters;
import dev.workflow.domain.port.DeliveryRepository;
import dev.workflow.domain.port.Outbox;
import dev.workflow.domain.port.Statistics;
import dev.workflow.domain.port.Upkeep;
import dev.workflow.domain.port.WorkflowRepository;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A store that forgets everything with the test. Passes the same contracts as the real one, and can be made to go away. */
public final class InMemoryStore
        implements WorkflowRepository, DeliveryRepository, DeadLetters, Outbox, Upkeep, Statistics {
    /** The NUL character as an escape, its backslash not itself escaped. */
    private static final Pattern UNSTORABLE = Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*\\\\u0000");

    private final Shelf shelf;
    private final Ledger ledger;
    private final Keys keys;
    private @Nullable Fault outage;

    public InMemoryStore(InstantSource clock) {
        this(clock, StorePolicy.DEFAULT);
    }

    public InMemoryStore(InstantSource clock, StorePolicy policy) {
        this.shelf = new Shelf(clock);
        this.ledger = new Ledger(shelf, policy);
        this.keys = new Keys(shelf::now, policy.keysLast());
    }

    /** From now on every call ends with {@code fault}; null: the store is back. */
    public synchronized void goAway(@Nullable Fault fault) {
        outage = fault;
    }

    private void checkThere() {
        if (outage != null) {
            throw outage;
        }
    }

    @Override
    public synchronized List<Keyed<SubmitOutcome>> insert(List<Submission> submissions) {
        return submissions.stream().map(this::insert).toList();
    }

    private Keyed<SubmitOutcome> insert(Submission submission) {
        if (outage != null) {
            return new Keyed.Fresh<>(new SubmitOutcome.Failed(outage));
        }
        return keys.decided(submission.key(), SubmitOutcome.class)
                .orElseGet(() -> new Keyed.Fresh<>(insertNow(submission)));
    }

    private SubmitOutcome insertNow(Submission submission) {
        if (submission.workflows().stream().anyMatch(InMemoryStore::isUnstorable)) {
            return new SubmitOutcome.Refused("data holds \\u0000, which cannot be stored.");
        }
        submission.workflows().forEach(shelf::add);
        SubmitOutcome stored = new SubmitOutcome.Stored(submission.workflows());
        keys.keep(submission.key(), stored);
        return stored;
    }

    private static boolean isUnstorable(Workflow workflow) {
        return UNSTORABLE.matcher(workflow.content().data().toString()).find();
    }

    @Override
    public synchronized Optional<Workflow> find(UUID id) {
        checkThere();
        return shelf.find(id);
    }

    @Override
    public synchronized List<Workflow> page(Listing listing) {
        checkThere();
        return shelf.page(listing, new Matching(listing.criteria(), ledger));
    }

    @Override
    public synchronized Keyed<ChangeOutcome> changeStatus(StatusChange change) {
        checkThere();
        return keys.decided(change.key(), ChangeOutcome.class).orElseGet(() -> new Keyed.Fresh<>(changeNow(change)));
    }

    private ChangeOutcome changeNow(StatusChange change) {
        Workflow workflow = shelf.find(change.id()).orElse(null);
        Set<Long> versions = change.onlyVersions();
        if (workflow == null) {
            return new ChangeOutcome.UnknownWorkflow();
        }
        if (versions != null && !versions.contains(workflow.history().version())) {
            return new ChangeOutcome.PreconditionFailed();
        }
        ChangeOutcome done = new ChangeOutcome.Done(
                workflow.state().status() == change.to() ? workflow : changed(workflow, change.to()));
        keys.keep(change.key(), done);
        return done;
    }

    private Workflow changed(Workflow workflow, Status to) {
        return to == Status.CONSUMED
                ? shelf.change(workflow, new State.Consumed(shelf.now()), history -> history)
                : shelf.change(workflow, new State.Waiting(), InMemoryStore::withoutAttempts);
    }

    private static History withoutAttempts(History history) {
        return new History(0, history.lastError(), history.deliveryId(), history.version());
    }

    /** The supplier is called outside the lock: it may wait for a broker. */
    @Override
    public List<Keyed<ClaimOutcome>> claim(Supplier<List<Claim>> claims) {
        synchronized (this) {
            checkThere();
        }
        List<Claim> all = claims.get();
        synchronized (this) {
            checkThere();
            List<Keyed<ClaimOutcome>> outcomes = plan(all);
            for (int i = 0; i < outcomes.size(); i++) {
                enter(all.get(i), outcomes.get(i));
            }
            return outcomes;
        }
    }

    private List<Keyed<ClaimOutcome>> plan(List<Claim> claims) {
        List<Keyed<ClaimOutcome>> outcomes = new ArrayList<>();
        long bytes = 0;
        for (Claim each : claims) {
            Keyed<ClaimOutcome> outcome = plan(each);
            bytes += bytes(outcome);
            if (!outcomes.isEmpty() && bytes > MAX_BYTES_AT_ONCE) {
                break;
            }
            outcomes.add(outcome);
        }
        int untried = claims.size() - outcomes.size();
        outcomes.addAll(Collections.nCopies(untried, new Keyed.Fresh<>(new ClaimOutcome.NotTried())));
        return outcomes;
    }

    private static long bytes(Keyed<ClaimOutcome> outcome) {
        return outcome instanceof Keyed.Fresh<ClaimOutcome>(ClaimOutcome.Delivered delivered)
                ? Workflow.dataBytes(delivered.delivery().workflows())
                : 0;
    }

    private Keyed<ClaimOutcome> plan(Claim claim) {
        try {
            return decided(claim.terms()).orElseGet(() -> new Keyed.Fresh<>(ledger.plan(claim)));
        } catch (Fault.Overloaded full) {
            return new Keyed.Fresh<>(new ClaimOutcome.Failed(full));
        }
    }

    private void enter(Claim claim, Keyed<ClaimOutcome> outcome) {
        if (outcome instanceof Keyed.Fresh<ClaimOutcome>(ClaimOutcome.Delivered delivered)) {
            ledger.enter(claim, delivered.delivery());
            keys.keep(claim.terms().key(), claim.deliveryId());
        }
    }

    @Override
    public synchronized Optional<Keyed<ClaimOutcome>> answered(DeliveryTerms terms) {
        checkThere();
        return decided(terms);
    }

    private Optional<Keyed<ClaimOutcome>> decided(DeliveryTerms terms) {
        return keys.decided(terms.key(), UUID.class).map(decided -> decided.map(id -> again(id, terms)));
    }

    /** A delivery whose workflows are gone has nothing left to give. */
    private ClaimOutcome again(UUID id, DeliveryTerms terms) {
        Delivery delivery = ledger.find(id).orElse(null);
        return delivery == null
                ? new ClaimOutcome.NotClaimable()
                : new ClaimOutcome.Delivered(delivery, terms.form().render(delivery.workflows()), List.of());
    }

    @Override
    public synchronized Optional<Delivery> findDelivery(UUID deliveryId) {
        checkThere();
        return ledger.find(deliveryId);
    }

    @Override
    public synchronized List<SettleOutcome> settle(List<SettleRequest> requests) {
        checkThere();
        return requests.stream()
                .map(each -> ledger.settle(each.deliveryId(), each.verdict()))
                .toList();
    }

    @Override
    public synchronized SettleOutcome extend(UUID deliveryId, @Nullable Duration lease) {
        checkThere();
        return ledger.extend(deliveryId, lease);
    }

    @Override
    public synchronized void giveBack(UUID deliveryId) {
        checkThere();
        ledger.giveBack(deliveryId);
    }

    @Override
    public synchronized Keyed<RedriveOutcome> redrive(Redrive redrive) {
        checkThere();
        return keys.decided(redrive.key(), RedriveOutcome.class).orElseGet(() -> {
            RedriveOutcome outcome = redriveNow(redrive.workflowIds());
            keys.keep(redrive.key(), outcome);
            return new Keyed.Fresh<>(outcome);
        });
    }

    private RedriveOutcome redriveNow(@Nullable List<UUID> ids) {
        List<Workflow> dead = shelf.all()
                .filter(each -> each.state() instanceof State.Dead)
                .filter(each -> ids == null || ids.contains(each.id()))
                .toList();
        List<Workflow> first = dead.subList(0, Math.min(Redrive.MAX, dead.size()));
        List<UUID> redriven = first.stream().map(Workflow::id).toList();
        first.forEach(each -> shelf.change(each, new State.Waiting(), InMemoryStore::withoutAttempts));
        List<UUID> skipped = ids == null
                ? List.of()
                : ids.stream().distinct().filter(id -> !redriven.contains(id)).toList();
        return new RedriveOutcome(first.size(), skipped, dead.size() > first.size());
    }

    /** Publishing happens outside the lock, as it does outside the row locks of everything but its own entries. */
    @Override
    public int drain(int max, Function<List<QueueEntry>, BitSet> publish) {
        Map<Long, QueueEntry> taken = takeOldest(max);
        if (taken.isEmpty()) {
            return 0;
        }
        BitSet published = new BitSet();
        try {
            published = publish.apply(List.copyOf(taken.values()));
        } finally {
            finish(taken.keySet(), published);
        }
        return published.cardinality();
    }

    private synchronized Map<Long, QueueEntry> takeOldest(int max) {
        checkThere();
        return shelf.takeOldest(max);
    }

    private synchronized void finish(Set<Long> taken, BitSet published) {
        shelf.finish(taken, published);
    }

    @Override
    public synchronized boolean isEmpty() {
        checkThere();
        return shelf.outboxSize() == 0;
    }

    @Override
    public synchronized Instant now() {
        checkThere();
        return shelf.afterAllThatWaits();
    }

    @Override
    public synchronized Instant publishedBefore() {
        checkThere();
        return shelf.oldestInOutbox().orElseGet(shelf::now);
    }

    @Override
    public synchronized int requeue(Instant queuedBefore, int max) {
        checkThere();
        return shelf.requeue(queuedBefore, max);
    }

    @Override
    public synchronized int expire(int max) {
        checkThere();
        return ledger.expire(max);
    }

    @Override
    public synchronized int purge(StateName state, Duration age, int max) {
        checkThere();
        Instant before = shelf.now().minus(age);
        List<Workflow> old = shelf.all()
                .filter(each ->
                        each.state().name() == state && endedAt(each.state()).isBefore(before))
                .limit(max)
                .toList();
        old.forEach(each -> shelf.remove(each.id()));
        ledger.forgetEmpty();
        return old.size();
    }

    private static Instant endedAt(State state) {
        return switch (state) {
            case State.Consumed(Instant consumedAt) -> consumedAt;
            case State.Dead(Instant diedAt) -> diedAt;
            case State.Waiting() -> Instant.MAX;
            case State.Delayed delayed -> Instant.MAX;
            case State.Leased leased -> Instant.MAX;
        };
    }

    @Override
    public synchronized int forgetKeys(int max) {
        checkThere();
        return keys.forget(max);
    }

    @Override
    public synchronized boolean anyWaiting() {
        checkThere();
        return shelf.all().anyMatch(each -> each.state() instanceof State.Waiting);
    }

    @Override
    public synchronized Counts counts() {
        checkThere();
        Map<StateName, Long> byState = new EnumMap<>(StateName.class);
        for (StateName name : StateName.values()) {
            byState.put(
                    name,
                    shelf.all().filter(each -> each.state().name() == name).count());
        }
        Duration oldest = shelf.all()
                .filter(each -> each.state() instanceof State.Waiting)
                .map(each -> Duration.between(shelf.waitingSince(each.id()), shelf.now()))
                .map(age -> age.isNegative() ? Duration.ZERO : age)
                .max(Duration::compareTo)
                .orElse(null);
        return new Counts(byState, shelf.outboxSize(), oldest);
    }

    /** Counting is cheap here. */
    @Override
    public void recount() {
        // nothing to prepare
    }
}
