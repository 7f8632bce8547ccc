package dev.workflow.contracts;

import dev.workflow.domain.ChangeOutcome;
import dev.workflow.domain.Claim;
import dev.workflow.domain.ClaimOutcome;
import dev.workflow.domain.Fault;
import dev.workflow.domain.History;
import dev.workflow.domain.Listing;
import dev.workflow.domain.QueueEntry;
import dev.workflow.domain.State;
import dev.workflow.domain.Status;
import dev.workflow.domain.StatusChange;
import dev.workflow.domain.Submission;
import dev.workflow.domain.SubmitOutcome;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.port.DeliveryRepository;
import dev.workflow.domain.port.Outbox;
import dev.workflow.domain.port.Upkeep;
import dev.workflow.domain.port.WorkflowRepository;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A store that forgets everything with the test. Passes the same contracts as the real one, and can be made to go away. */
public final class InMemoryStore implements WorkflowRepository, DeliveryRepository, Outbox, Upkeep {
    /** PostgreSQL orders UUIDs by their bytes, Java by signed halves. */
    private static final Comparator<UUID> BY_BYTES = Comparator.comparing(
                    UUID::getMostSignificantBits, Long::compareUnsigned)
            .thenComparing(UUID::getLeastSignificantBits, Long::compareUnsigned);

    /** The NUL character as an escape, its backslash not itself escaped. */
    private static final Pattern UNSTORABLE = Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*\\\\u0000");

    private static final long PAGE_BYTES = 8 << 20;

    private final InstantSource clock;
    private final NavigableMap<UUID, Workflow> workflows = new TreeMap<>(BY_BYTES);
    private final Map<UUID, Instant> queuedAt = new HashMap<>();
    private final NavigableMap<Long, QueueEntry> outbox = new TreeMap<>();
    private final Set<Long> beingPublished = new HashSet<>();
    private long lastSeq;
    private @Nullable Fault outage;

    public InMemoryStore(InstantSource clock) {
        this.clock = clock;
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
    public synchronized List<SubmitOutcome> insert(List<Submission> submissions) {
        return submissions.stream().map(this::insert).toList();
    }

    private SubmitOutcome insert(Submission submission) {
        if (outage != null) {
            return new SubmitOutcome.Failed(outage);
        }
        if (submission.workflows().stream().anyMatch(InMemoryStore::isUnstorable)) {
            return new SubmitOutcome.Refused("data holds \\u0000, which cannot be stored.");
        }
        submission.workflows().forEach(workflow -> {
            workflows.put(workflow.id(), workflow);
            queue(workflow.id());
        });
        return new SubmitOutcome.Stored(submission.workflows());
    }

    private static boolean isUnstorable(Workflow workflow) {
        return UNSTORABLE.matcher(workflow.content().data().toString()).find();
    }

    private void queue(UUID id) {
        queuedAt.put(id, now());
        outbox.put(++lastSeq, new QueueEntry(id, now()));
    }

    @Override
    public synchronized Optional<Workflow> find(UUID id) {
        checkThere();
        return Optional.ofNullable(workflows.get(id));
    }

    @Override
    public synchronized List<Workflow> page(Listing listing) {
        checkThere();
        Status status = listing.status();
        UUID after = listing.after();
        Collection<Workflow> rest = (after == null ? workflows : workflows.tailMap(after, false)).values();
        List<Workflow> page = rest.stream()
                .filter(each -> status == null || each.state().status() == status)
                .limit(listing.limit())
                .toList();
        return page.subList(0, countWithin(page));
    }

    /** Pages of large workflows are shorter, as they are on a real store. */
    private static int countWithin(List<Workflow> page) {
        int count = 0;
        long bytes = 0;
        while (count < page.size() && bytes < PAGE_BYTES) {
            bytes += page.get(count).content().data().length();
            count++;
        }
        return count;
    }

    @Override
    public synchronized ChangeOutcome changeStatus(StatusChange change) {
        checkThere();
        Workflow workflow = workflows.get(change.id());
        Set<Long> versions = change.onlyVersions();
        if (workflow == null) {
            return new ChangeOutcome.UnknownWorkflow();
        }
        if (versions != null && !versions.contains(workflow.history().version())) {
            return new ChangeOutcome.PreconditionFailed();
        }
        if (workflow.state().status() == change.to()) {
            return new ChangeOutcome.Done(workflow);
        }
        return new ChangeOutcome.Done(change.to() == Status.CONSUMED ? takenOut(workflow) : putBack(workflow));
    }

    private Workflow takenOut(Workflow workflow) {
        return changed(workflow, new State.Consumed(now()), workflow.history().attempts());
    }

    private Workflow putBack(Workflow workflow) {
        queue(workflow.id());
        return changed(workflow, new State.Waiting(), 0);
    }

    private Workflow changed(Workflow workflow, State state, int attempts) {
        History before = workflow.history();
        History history = new History(attempts, before.lastError(), before.deliveryId(), before.version() + 1);
        Workflow after = new Workflow(workflow.id(), workflow.content(), state, history);
        workflows.put(after.id(), after);
        return after;
    }

    /** The supplier is called outside the lock: it may wait for a broker. */
    @Override
    public List<ClaimOutcome> claim(Supplier<List<Claim>> claims) {
        synchronized (this) {
            checkThere();
        }
        List<Claim> all = claims.get();
        synchronized (this) {
            checkThere();
            List<ClaimOutcome> outcomes = all.stream().map(this::writtenOut).toList();
            outcomes.forEach(this::apply);
            return outcomes;
        }
    }

    private ClaimOutcome writtenOut(Claim claim) {
        List<Workflow> delivered = new LinkedHashSet<>(claim.workflowIds())
                .stream()
                        .flatMap(id -> Stream.ofNullable(workflows.get(id)))
                        .filter(each -> each.state() instanceof State.Waiting)
                        .map(each -> delivered(each, claim.deliveryId()))
                        .toList();
        return delivered.isEmpty()
                ? new ClaimOutcome.NotClaimable()
                : new ClaimOutcome.Delivered(delivered, claim.rendering().render(delivered));
    }

    private Workflow delivered(Workflow workflow, UUID deliveryId) {
        History before = workflow.history();
        History history = new History(before.attempts(), before.lastError(), deliveryId, before.version() + 1);
        return new Workflow(workflow.id(), workflow.content(), new State.Consumed(now()), history);
    }

    private void apply(ClaimOutcome outcome) {
        if (outcome instanceof ClaimOutcome.Delivered delivered) {
            delivered.workflows().forEach(each -> workflows.put(each.id(), each));
        }
    }

    /** Publishing happens outside the lock, as it does outside the row locks of everything but its own entries. */
    @Override
    public int drain(int max, Function<List<QueueEntry>, BitSet> publish) {
        List<Long> seqs = new ArrayList<>();
        List<QueueEntry> entries = new ArrayList<>();
        takeOldest(max, seqs, entries);
        if (entries.isEmpty()) {
            return 0;
        }
        BitSet published = new BitSet();
        try {
            published = publish.apply(List.copyOf(entries));
        } finally {
            finish(seqs, published);
        }
        return published.cardinality();
    }

    private synchronized void takeOldest(int max, List<Long> seqs, List<QueueEntry> entries) {
        checkThere();
        outbox.entrySet().stream()
                .filter(each -> !beingPublished.contains(each.getKey()))
                .limit(max)
                .forEach(each -> {
                    seqs.add(each.getKey());
                    entries.add(each.getValue());
                });
        beingPublished.addAll(seqs);
    }

    private synchronized void finish(List<Long> seqs, BitSet published) {
        seqs.forEach(beingPublished::remove);
        published.stream().mapToObj(seqs::get).forEach(outbox::remove);
    }

    @Override
    public synchronized boolean isEmpty() {
        checkThere();
        return outbox.isEmpty();
    }

    @Override
    public synchronized Instant now() {
        checkThere();
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public synchronized Instant publishedBefore() {
        checkThere();
        return outbox.isEmpty() ? now() : outbox.firstEntry().getValue().queuedAt();
    }

    @Override
    public synchronized int requeue(Instant queuedBefore, int max) {
        checkThere();
        Set<UUID> onTheirWay = new HashSet<>();
        outbox.values().forEach(each -> onTheirWay.add(each.workflowId()));
        List<UUID> lost = workflows.values().stream()
                .filter(each -> each.state() instanceof State.Waiting)
                .map(Workflow::id)
                .filter(id -> queuedAt(id).isBefore(queuedBefore) && !onTheirWay.contains(id))
                .sorted(Comparator.comparing(this::queuedAt))
                .limit(max)
                .toList();
        lost.forEach(this::queue);
        return lost.size();
    }

    private Instant queuedAt(UUID id) {
        return queuedAt.getOrDefault(id, Instant.MAX);
    }
}
