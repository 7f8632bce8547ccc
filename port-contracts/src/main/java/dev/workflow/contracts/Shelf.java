package dev.workflow.contracts;

import dev.workflow.domain.History;
import dev.workflow.domain.Listing;
import dev.workflow.domain.QueueEntry;
import dev.workflow.domain.State;
import dev.workflow.domain.Workflow;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The workflows of an {@link InMemoryStore}, with the outbox of what became claimable. Guarded by the store's lock. */
final class Shelf {
    /** PostgreSQL orders UUIDs by their bytes, Java by signed halves. */
    static final Comparator<UUID> BY_BYTES = Comparator.comparing(UUID::getMostSignificantBits, Long::compareUnsigned)
            .thenComparing(UUID::getLeastSignificantBits, Long::compareUnsigned);

    private static final long PAGE_BYTES = 2 << 20;

    private final InstantSource clock;
    private final NavigableMap<UUID, Workflow> workflows = new TreeMap<>(BY_BYTES);
    private final Map<UUID, Instant> queuedAt = new HashMap<>();
    /** What was queued again because its message was lost has been waiting since before. */
    private final Map<UUID, Instant> waitingSince = new HashMap<>();

    private final NavigableMap<Long, QueueEntry> outbox = new TreeMap<>();
    private final Set<Long> beingPublished = new HashSet<>();
    private long lastSeq;

    Shelf(InstantSource clock) {
        this.clock = clock;
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    Instant afterAllThatWaits() {
        return all().filter(each -> each.state() instanceof State.Waiting)
                .map(each -> queuedAt(each.id()))
                .max(Comparator.naturalOrder())
                .filter(newest -> newest.isAfter(now()))
                .map(newest -> newest.plus(1, ChronoUnit.MICROS))
                .orElseGet(this::now);
    }

    Optional<Workflow> find(UUID id) {
        return Optional.ofNullable(workflows.get(id));
    }

    /** Oldest first. */
    Stream<Workflow> all() {
        return List.copyOf(workflows.values()).stream();
    }

    List<Workflow> page(Listing listing, Predicate<Workflow> meant) {
        boolean forward = listing.order() == Listing.Order.OLDEST_FIRST;
        List<Workflow> page = rest(forward ? workflows : workflows.descendingMap(), listing.after())
                .filter(meant)
                .limit(listing.limit())
                .toList();
        return page.subList(0, countWithin(page));
    }

    private static Stream<Workflow> rest(NavigableMap<UUID, Workflow> ordered, @Nullable UUID after) {
        return (after == null ? ordered : ordered.tailMap(after, false)).values().stream();
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

    void add(Workflow workflow) {
        workflows.put(workflow.id(), workflow);
        beginToWait(workflow.id());
    }

    void remove(UUID id) {
        workflows.remove(id);
        queuedAt.remove(id);
        waitingSince.remove(id);
    }

    /** Gives a workflow a new state and a new history, of which the version follows by itself. */
    Workflow change(Workflow workflow, State state, UnaryOperator<History> history) {
        Workflow after = changed(workflow, state, history);
        workflows.put(after.id(), after);
        if (state instanceof State.Waiting && !(workflow.state() instanceof State.Waiting)) {
            beginToWait(after.id());
        }
        return after;
    }

    private void beginToWait(UUID id) {
        queue(id);
        waitingSince.put(id, queuedAt(id));
    }

    Instant waitingSince(UUID id) {
        return waitingSince.getOrDefault(id, Instant.MAX);
    }

    static Workflow changed(Workflow workflow, State state, UnaryOperator<History> change) {
        History history = change.apply(workflow.history());
        History next = new History(
                history.attempts(),
                history.lastError(),
                history.deliveryId(),
                workflow.history().version() + 1);
        return new Workflow(workflow.id(), workflow.content(), state, next);
    }

    /** Two statements of a database do not begin in the same microsecond one after the other, wherever a test's clock stands. */
    private void queue(UUID id) {
        Instant before = queuedAt.getOrDefault(id, Instant.MIN);
        queue(id, now().isAfter(before) ? now() : before.plus(1, ChronoUnit.MICROS));
    }

    private void queue(UUID id, Instant time) {
        queuedAt.put(id, time);
        outbox.put(++lastSeq, new QueueEntry(id, time));
    }

    Instant queuedAt(UUID id) {
        return queuedAt.getOrDefault(id, Instant.MAX);
    }

    /** What is less than a microsecond older is not: times are kept no more exactly. */
    boolean isStale(QueueEntry entry) {
        return !entry.queuedAt().isAfter(queuedAt(entry.workflowId()).minus(1, ChronoUnit.MICROS));
    }

    int requeue(Instant queuedBefore, int max) {
        Set<UUID> onTheirWay = new HashSet<>();
        outbox.values().forEach(each -> onTheirWay.add(each.workflowId()));
        List<UUID> lost = all().filter(each -> each.state() instanceof State.Waiting)
                .map(Workflow::id)
                .filter(id -> queuedAt(id).isBefore(queuedBefore) && !onTheirWay.contains(id))
                .sorted(Comparator.comparing(this::queuedAt))
                .limit(max)
                .toList();
        Instant time = now().isAfter(queuedBefore) ? now() : queuedBefore;
        lost.forEach(id -> queue(id, time));
        return lost.size();
    }

    int outboxSize() {
        return outbox.size();
    }

    Optional<Instant> oldestInOutbox() {
        return outbox.values().stream().findFirst().map(QueueEntry::queuedAt);
    }

    Map<Long, QueueEntry> takeOldest(int max) {
        Map<Long, QueueEntry> taken = new TreeMap<>();
        outbox.entrySet().stream()
                .filter(each -> !beingPublished.contains(each.getKey()))
                .limit(max)
                .forEach(each -> taken.put(each.getKey(), each.getValue()));
        beingPublished.addAll(taken.keySet());
        return taken;
    }

    void finish(Set<Long> taken, BitSet published) {
        List<Long> seqs = new ArrayList<>(taken);
        seqs.forEach(beingPublished::remove);
        published.stream().mapToObj(seqs::get).forEach(outbox::remove);
    }
}
