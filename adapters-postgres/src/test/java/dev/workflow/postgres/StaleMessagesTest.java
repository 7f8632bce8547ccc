package dev.workflow.postgres;

import static dev.workflow.contracts.Outcomes.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.Eventually;
import dev.workflow.contracts.Outcomes;
import dev.workflow.contracts.Together;
import dev.workflow.domain.Keyed;
import dev.workflow.domain.QueueEntry;
import dev.workflow.domain.Redrive;
import dev.workflow.domain.State;
import dev.workflow.domain.Status;
import dev.workflow.domain.StatusChange;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.delivery.Claim;
import dev.workflow.domain.delivery.ClaimOutcome;
import dev.workflow.domain.delivery.Delivery;
import dev.workflow.domain.delivery.DeliveryTerms;
import dev.workflow.domain.delivery.Form;
import dev.workflow.domain.delivery.Verdict;
import dev.workflow.domain.port.DeliveryRepository;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A message that is taken for older than it is would never be of use again. */
final class StaleMessagesTest extends TwoStores {
    private static final List<Form> FORMS = List.of(PLAIN, NAMES);

    /** Through the outbox, back into it, and out again. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-02T03:04:05.678901Z",
                "2026-01-02T03:04:05.000001Z",
                "2026-01-02T03:04:05.999999Z",
                "2026-12-31T23:59:59.999999Z",
                "2255-06-05T23:47:34.740991Z",
                "1969-12-31T23:59:59.999999Z"
            })
    void noMicrosecondIsLost(String time) {
        for (Form form : FORMS) {
            Workflow workflow = storedOne();
            for (String table : List.of("pending", "outbox")) {
                first.execute("UPDATE " + table + " SET queued_at = TIMESTAMPTZ '" + time + "'");
            }
            first.outbox().drain(10, entries -> new BitSet());
            QueueEntry entry = drainAll().getFirst();
            QueueEntry older = new QueueEntry(workflow.id(), entry.queuedAt().minusNanos(1000));

            assertThat(entry.queuedAt()).isEqualTo(Instant.parse(time));
            assertThat(claim(claimOf(older, form))).containsExactly(new ClaimOutcome.NotClaimable());
            assertThat(delivered(claim(claimOf(entry, form)).getFirst())).isNotNull();
        }
    }

    /** It is judged by the row as it is after the wait, and the message that made it so is on its way. */
    @Test
    void aClaimThatWaitedGoesByTheRowAsItIsThen() throws Exception {
        for (Form form : FORMS) {
            Workflow workflow = storedOne();
            QueueEntry stale = drainAll().getFirst();
            try (ExecutorService threads = Executors.newSingleThreadExecutor();
                    Connection other = DriverManager.getConnection(first.url());
                    Statement statement = other.createStatement()) {
                other.setAutoCommit(false);
                statement.execute("UPDATE pending SET queued_at = clock_timestamp()");
                Future<List<ClaimOutcome>> claimed = threads.submit(() -> claim(claimOf(stale, form)));
                Eventually.holds("the claim waits", () -> first.number("""
                                SELECT count(*) FROM pg_stat_activity
                                WHERE datname = current_database() AND wait_event_type = 'Lock'""") > 0);
                other.commit();
                assertThat(claimed.get()).containsExactly(new ClaimOutcome.NotClaimable());
            }
            assertThat(found(workflow.id())).isEqualTo(workflow);
        }
    }

    /**
     * Everything that makes a workflow claimable, at the same time, and messages that are dropped wherever they claimed
     * nothing. In the end there is one for each that waits, although nobody looks for lost ones.
     */
    @RepeatedTest(3)
    void whatWaitsAlwaysHasAMessage() throws Exception {
        List<UUID> ids = ids(stored(Collections.nCopies(12, "1").toArray(String[]::new)));
        ConcurrentLinkedDeque<QueueEntry> queue = new ConcurrentLinkedDeque<>();
        List<Callable<List<Object>>> works = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Random random = new Random(i);
            PostgresStore store = i % 2 == 0 ? first.postgres() : second;
            works.add(() -> {
                for (int n = 0; n < 150; n++) {
                    act(store, ids, queue, random);
                }
                return List.of();
            });
        }
        Together.run(works);

        first.age(MINUTE);
        first.upkeep().expire(100);
        first.deadLetters().redrive(new Redrive(null, null));
        publish(first.postgres(), queue);
        while (!queue.isEmpty()) {
            take(first.postgres(), queue, DeliveryTerms.finalIn(NAMES));
        }
        assertThat(ids).allMatch(id -> found(id).state() instanceof State.Consumed);
    }

    private static void act(
            PostgresStore store, List<UUID> ids, ConcurrentLinkedDeque<QueueEntry> queue, Random random) {
        UUID id = ids.get(random.nextInt(ids.size()));
        switch (random.nextInt(10)) {
            case 0 -> store.workflows().changeStatus(StatusChange.of(id, Status.CONSUMED));
            case 1, 2 -> store.workflows().changeStatus(StatusChange.of(id, Status.INSERTED));
            case 3 -> store.upkeep().requeue(store.upkeep().now(), 3);
            case 4 -> store.upkeep().expire(3);
            case 5 -> store.deadLetters().redrive(new Redrive(null, null));
            case 6 ->
                take(store, queue, DeliveryTerms.finalIn(random.nextBoolean() ? PLAIN : NAMES))
                        .forEach(store.deliveries()::giveBack);
            case 7 ->
                take(store, queue, new DeliveryTerms(NAMES, MINUTE, null))
                        .forEach(random.nextBoolean() ? store.deliveries()::giveBack : delivery -> {});
            default -> {
                Verdict refuse = new Verdict.Refuse(Set.of(), Duration.ofMillis(random.nextInt(2)), null);
                take(store, queue, new DeliveryTerms(NAMES, Duration.ofMillis(20), null))
                        .forEach(delivery -> Outcomes.settle(store.deliveries(), delivery, refuse));
            }
        }
        publish(store, queue);
    }

    private static void publish(PostgresStore store, ConcurrentLinkedDeque<QueueEntry> queue) {
        store.outbox().drain(100, entries -> {
            queue.addAll(entries);
            return allOf(entries);
        });
    }

    /** @return the delivery, if there was one */
    private static List<UUID> take(PostgresStore store, ConcurrentLinkedDeque<QueueEntry> queue, DeliveryTerms terms) {
        QueueEntry message = queue.pollFirst();
        if (message == null) {
            return List.of();
        }
        DeliveryRepository deliveries = store.deliveries();
        Keyed<ClaimOutcome> outcome = deliveries
                .claim(() -> List.of(new Claim(IDS.next(), List.of(message), terms)))
                .getFirst();
        return switch (fresh(outcome)) {
            case ClaimOutcome.Delivered(Delivery delivery, var _, var _) -> List.of(delivery.id());
            case ClaimOutcome.NotClaimable() -> List.of();
            case ClaimOutcome.NotTried() -> throw new AssertionError("It was alone.");
            case ClaimOutcome.Failed failed -> {
                queue.addFirst(message);
                yield List.of();
            }
        };
    }

    private static List<UUID> ids(List<Workflow> workflows) {
        return workflows.stream().map(Workflow::id).toList();
    }
}
