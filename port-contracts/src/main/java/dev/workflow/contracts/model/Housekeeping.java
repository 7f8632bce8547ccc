package dev.workflow.contracts.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.model.Step.Publishing;
import dev.workflow.domain.Listing;
import dev.workflow.domain.QueueEntry;
import dev.workflow.domain.StateName;
import dev.workflow.domain.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What is done beside the requests: time, the outbox, and what keeps the store true. */
final class Housekeeping {
    private static final int REQUEUE_AFTER = 30;

    /** The relay is gone. */
    private static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final World world;
    private final Oracle oracle;
    /** By the clock of the store, as far as the oracle knows of it. */
    private Instant now;

    Housekeeping(World world) {
        this.world = world;
        this.oracle = world.oracle;
        this.now = world.store.upkeep().now();
    }

    void tick(int seconds) {
        Duration time = Duration.ofSeconds(seconds);
        now = now.plus(time).minus(age(time));
        oracle.tick(seconds);
    }

    /** Takes back what passed by itself, so that a story may take as long as it likes. */
    void holdTime() {
        Duration passed = Duration.between(now, world.store.upkeep().now()).truncatedTo(ChronoUnit.SECONDS);
        if (!passed.isZero()) {
            age(passed.negated());
            now = now.plus(passed);
        }
    }

    private Duration age(Duration by) {
        Duration moved = world.store.age(by);
        world.broker.age(moved);
        return moved;
    }

    /** Which of those that are due at the same time are taken first is the store's choice. */
    void expire(int max) {
        List<Known> due = oracle.all().stream()
                .filter(each -> each.isDue(oracle.now()))
                .sorted(Comparator.comparingLong(each -> each.time))
                .toList();
        int count = world.store.upkeep().expire(max);
        assertThat(count).isEqualTo(Math.min(max, due.size()));
        Map<UUID, Long> versions = versions();
        List<Known> ended = due.stream()
                .filter(each -> versions.getOrDefault(each.id, each.version) > each.version)
                .toList();
        assertThat(ended).hasSize(count);
        assertThat(ended.stream().map(each -> each.time).toList())
                .isEqualTo(due.stream().limit(count).map(each -> each.time).toList());
        ended.forEach(oracle::expire);
    }

    private Map<UUID, Long> versions() {
        Map<UUID, Long> versions = new HashMap<>();
        for (Workflow each : world.store.workflows().page(Listing.ofAll(1000))) {
            versions.put(each.id(), each.history().version());
        }
        return versions;
    }

    void forgetKeys(int max) {
        List<Map.Entry<?, Oracle.Answer>> old = new ArrayList<>();
        oracle.answers.entrySet().stream()
                .filter(each -> each.getValue().expiresAt() <= oracle.now())
                .limit(max)
                .forEach(old::add);
        assertThat(world.store.upkeep().forgetKeys(max)).isEqualTo(old.size());
        old.forEach(each -> oracle.answers.remove(each.getKey()));
    }

    void requeue() {
        List<UUID> onTheirWay =
                oracle.outbox.stream().map(Oracle.Entry::workflowId).toList();
        List<Known> lost = oracle.in(StateName.WAITING).stream()
                .filter(each -> each.queuedAt < oracle.now() - REQUEUE_AFTER)
                .filter(each -> !onTheirWay.contains(each.id))
                .toList();
        int count = world.store.upkeep().requeue(world.store.upkeep().now().minusSeconds(REQUEUE_AFTER), 1000);
        assertThat(count).isEqualTo(lost.size());
        lost.forEach(oracle::queue);
    }

    /** Entries leave the outbox once they are published, and no sooner. */
    void relay(Step.Relay step) {
        try {
            int removed = world.store.outbox().drain(step.max(), entries -> publish(entries, step.publishing()));
            assertThat(removed).isLessThanOrEqualTo(step.max());
        } catch (Crash crash) {
            assertThat(step.publishing()).isIn(Publishing.CRASH_AFTERWARDS, Publishing.CRASH_BEFORE);
        }
    }

    private BitSet publish(List<QueueEntry> entries, Publishing publishing) {
        List<Oracle.Entry> known = checkOldest(entries);
        BitSet published = new BitSet();
        for (int i = 0; i < entries.size(); i++) {
            published.set(i, publishing != Publishing.SOME || i % 2 == 0);
        }
        if (publishing == Publishing.CRASH_BEFORE) {
            throw new Crash();
        }
        world.broker.publish(published.stream()
                .mapToObj(i -> new Broker.Message(entries.get(i), known.get(i).statement()))
                .toList());
        if (publishing == Publishing.CRASH_AFTERWARDS) {
            throw new Crash();
        }
        published.stream().mapToObj(known::get).forEach(oracle.outbox::remove);
        return published;
    }

    /** @return what the oracle knows of them */
    private List<Oracle.Entry> checkOldest(List<QueueEntry> entries) {
        List<Oracle.Entry> known = new ArrayList<>();
        List<Oracle.Entry> left = new ArrayList<>(oracle.outbox);
        for (QueueEntry entry : entries) {
            long oldest = left.getFirst().statement();
            Oracle.Entry next = new Oracle.Entry(oldest, entry.workflowId());
            assertThat(left.remove(next)).as("%s is next in %s", entry, left).isTrue();
            known.add(next);
        }
        return known;
    }
}
