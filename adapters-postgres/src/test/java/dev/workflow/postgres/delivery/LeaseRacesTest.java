package dev.workflow.postgres.delivery;

import static dev.workflow.contracts.Outcomes.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.Outcomes;
import dev.workflow.contracts.Together;
import dev.workflow.domain.Keyed;
import dev.workflow.domain.Status;
import dev.workflow.domain.StatusChange;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.delivery.Claim;
import dev.workflow.domain.delivery.ClaimOutcome;
import dev.workflow.domain.delivery.Delivery;
import dev.workflow.domain.delivery.DeliveryState;
import dev.workflow.domain.delivery.DeliveryTerms;
import dev.workflow.domain.delivery.SettleOutcome;
import dev.workflow.domain.delivery.SettleRequest;
import dev.workflow.domain.delivery.Verdict;
import dev.workflow.domain.port.DeliveryRepository;
import dev.workflow.postgres.PostgresStore;
import dev.workflow.postgres.TestStore;
import dev.workflow.postgres.TwoStores;
import dev.workflow.postgres.server.Connector;
import dev.workflow.postgres.server.DatabaseUrl;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Replicas that say different things of the same workflows at the same time. */
final class LeaseRacesTest extends TwoStores {
    private static final Verdict ACK = new Verdict.Acknowledge();
    private static final Verdict NACK = new Verdict.Refuse(Set.of(), Duration.ZERO, null);

    @Test
    void eachWorkflowIsLeasedOnceByAllOfThem() throws Exception {
        List<UUID> ids = ids(stored(Collections.nCopies(100, "1").toArray(String[]::new)));
        List<UUID> leased = Together.run(List.of(
                () -> leaseInTens(first.deliveries(), ids),
                () -> leaseInTens(second.deliveries(), ids.reversed()),
                () -> leaseInTens(first.deliveries(), ids.reversed()),
                () -> leaseInTens(second.deliveries(), ids)));
        assertThat(leased).containsExactlyInAnyOrderElementsOf(ids);
        assertEachInOnePlace(100);
        assertThat(first.number("SELECT sum(cardinality(workflow_ids)) FROM delivery"))
                .isEqualTo(100);
        assertThat(first.number("SELECT count(*) FROM pending WHERE version <> 2"))
                .isZero();
    }

    private static List<UUID> leaseInTens(DeliveryRepository deliveries, List<UUID> ids) {
        List<UUID> leased = new ArrayList<>();
        for (int i = 0; i < ids.size(); i += 20) {
            List<Claim> claims = Stream.of(ids.subList(i, i + 10), ids.subList(i + 10, i + 20))
                    .map(ten -> claimOf(ten, new DeliveryTerms(NAMES, MINUTE, null)))
                    .toList();
            for (Keyed<ClaimOutcome> outcome : deliveries.claim(() -> claims)) {
                if (fresh(outcome) instanceof ClaimOutcome.Delivered some) {
                    leased.addAll(ids(some.delivery().workflows()));
                }
            }
        }
        return leased;
    }

    /** Where nobody is freed from a circle soon, whoever waits in one gives up first. */
    @Test
    void whatIsSaidTogetherInOtherOrdersWaitsInNoCircle() throws Exception {
        String slowToFree = first.url() + "&options=-c%20deadlock_timeout%3D60s";
        try (PostgresStore one = PostgresStore.open(TestStore.patient(slowToFree));
                PostgresStore other = PostgresStore.open(TestStore.patient(slowToFree))) {
            for (int round = 0; round < 20; round++) {
                Delivery left = leased(MINUTE, stored("1", "2", "3").toArray(Workflow[]::new));
                Delivery right = leased(MINUTE, stored("4", "5", "6").toArray(Workflow[]::new));
                SettleRequest ofLeft = new SettleRequest(left.id(), NACK);
                SettleRequest ofRight = new SettleRequest(right.id(), NACK);
                List<SettleOutcome> outcomes = Together.run(List.of(
                        () -> one.deliveries().settle(List.of(ofLeft, ofRight)),
                        () -> other.deliveries().settle(List.of(ofRight, ofLeft))));
                assertThat(outcomes).hasSize(4).allMatch(SettleOutcome.Settled.class::isInstance);
            }
        }
    }

    /** One verdict holds; the other, and the sweeper, come too late. */
    @RepeatedTest(10)
    void ofManyVerdictsOneHolds() throws Exception {
        List<Workflow> all = stored(Collections.nCopies(20, "1").toArray(String[]::new));
        drainAll();
        Delivery delivery = leased(MINUTE, all.toArray(Workflow[]::new));
        List<SettleOutcome> outcomes = Together.run(List.of(
                () -> List.of(Outcomes.settle(first.deliveries(), delivery.id(), ACK)),
                () -> List.of(Outcomes.settle(second.deliveries(), delivery.id(), NACK)),
                () -> List.of(Outcomes.settle(first.deliveries(), delivery.id(), NACK)),
                () -> List.of(Outcomes.settle(second.deliveries(), delivery.id(), ACK)),
                () -> List.of(second.deliveries().extend(delivery.id(), MINUTE))));
        assertThat(outcomes.subList(0, 4).stream().filter(SettleOutcome.Settled.class::isInstance))
                .hasSize(2);
        assertThat(outcomes.subList(0, 4).stream().filter(SettleOutcome.AlreadySettled.class::isInstance))
                .hasSize(2);
        long done = first.number("SELECT count(*) FROM consumed");
        assertThat(done).isIn(0L, 20L);
        assertThat(drainAll()).hasSize(20 - (int) done);
        assertThat(first.number("SELECT coalesce(sum(attempts), 0) FROM pending"))
                .isEqualTo(20 - done);
        assertEachInOnePlace(20);
    }

    /** An acknowledgement that came in time and is being committed when its lease ends is not told from one that came late. */
    @Test
    void whoRepeatsWhatIsStillBeingCommittedWaitsForIt() throws Exception {
        try (Connection slow = new Connector(DatabaseUrl.parse(first.url()), 1).open(Duration.ofSeconds(5));
                ExecutorService threads = Executors.newSingleThreadExecutor()) {
            slow.setAutoCommit(false);
            Delivery delivery = acknowledgedShortlyBeforeItsEnd(slow);
            await(
                    "SELECT count(*) FROM delivery WHERE lease_until < clock_timestamp() AND id = '" + delivery.id()
                            + "'",
                    new CompletableFuture<>());

            Future<SettleOutcome> repeated =
                    threads.submit(() -> Outcomes.settle(second.deliveries(), delivery.id(), ACK));
            await("""
                    SELECT count(*) FROM pg_stat_activity
                    WHERE datname = current_database() AND wait_event_type = 'Lock'""", repeated);
            slow.commit();

            assertThat(repeated.get())
                    .isInstanceOfSatisfying(
                            SettleOutcome.Settled.class,
                            settled -> assertThat(settled.settlement().state()).isEqualTo(DeliveryState.ACKED));
        }
    }

    /** Where the machine is so slow that the lease is over before that, it takes another one. */
    private Delivery acknowledgedShortlyBeforeItsEnd(Connection open) throws SQLException {
        Delivery delivery;
        int tries = 0;
        do {
            open.rollback();
            assertThat(++tries).as("tries").isLessThan(20);
            delivery = leased(MINUTE, stored("1").getFirst());
            first.age(MINUTE.minusSeconds(3));
        } while (Acknowledgement.make(open, List.of(delivery.id())).isEmpty());
        return delivery;
    }

    /** Asks until the number is positive, or the end of what it is about. */
    private void await(String number, Future<?> end) {
        while (first.number(number) == 0 && !end.isDone()) {
            Thread.onSpinWait();
        }
    }

    /** What is due is ended by whoever comes first: once. */
    @RepeatedTest(5)
    void whatIsDueIsEndedOnce() throws Exception {
        List<Workflow> all = stored(Collections.nCopies(60, "1").toArray(String[]::new));
        drainAll();
        for (int i = 0; i < 60; i += 6) {
            leased(MINUTE, all.subList(i, i + 6).toArray(Workflow[]::new));
        }
        first.age(MINUTE.plusSeconds(1));
        List<Integer> counts = Together.run(
                List.of(LeaseRacesTest::sweepFirst, LeaseRacesTest::sweepSecond, LeaseRacesTest::sweepFirst));
        assertThat(counts.stream().mapToInt(Integer::intValue).sum()).isEqualTo(60);
        assertThat(drainAll()).hasSize(60);
        assertThat(first.number("SELECT count(*) FROM pending WHERE attempts = 1 AND lease_until IS NULL"))
                .isEqualTo(60);
        assertThat(first.number("SELECT count(*) FROM delivery WHERE state = 'expired'"))
                .isEqualTo(10);
    }

    private static List<Integer> sweepFirst() {
        return sweep(first.postgres());
    }

    private static List<Integer> sweepSecond() {
        return sweep(second);
    }

    /** In handfuls that do not respect the deliveries. */
    private static List<Integer> sweep(PostgresStore store) {
        List<Integer> counts = new ArrayList<>();
        do {
            counts.add(store.upkeep().expire(7));
        } while (counts.getLast() > 0);
        return counts;
    }

    /** Everybody does something else with the same workflows; nobody fails, and none is lost or doubled. */
    @RepeatedTest(5)
    void allAtOnce() throws Exception {
        List<Workflow> all = stored(Collections.nCopies(40, "1").toArray(String[]::new));
        List<Callable<List<Object>>> works = new ArrayList<>();
        for (PostgresStore store : List.of(first.postgres(), second, first.postgres(), second)) {
            List<Workflow> order = works.size() < 2 ? all : all.reversed();
            works.add(() -> leaseAndSettle(store, order));
        }
        works.add(() -> changeToAndFro(first.postgres(), all));
        works.add(() -> changeToAndFro(second, all.reversed()));
        works.add(LeaseRacesTest::sweepAndPurge);
        assertThat(Together.run(works)).noneMatch(ClaimOutcome.Failed.class::isInstance);
        assertEachInOnePlace(40);
        assertThat(first.number("SELECT count(*) FROM pending WHERE lease_until IS NULL AND dead_at IS NULL"
                        + " AND id NOT IN (SELECT unnest(workflow_ids) FROM outbox)"))
                .as("waiting without a message")
                .isZero();
    }

    private static List<Object> leaseAndSettle(PostgresStore store, List<Workflow> all) {
        List<Object> outcomes = new ArrayList<>();
        for (int i = 0; i < all.size(); i += 4) {
            Claim claim = leaseOf(
                    Duration.ofMillis(i % 3 == 0 ? 1 : 60_000),
                    all.subList(i, i + 4).toArray(Workflow[]::new));
            outcomes.add(fresh(store.deliveries().claim(() -> List.of(claim)).getFirst()));
            Verdict part = new Verdict.Refuse(Set.of(all.get(i).id()), Duration.ofMillis(i % 2), "no");
            switch (i % 5) {
                case 0 -> outcomes.add(Outcomes.settle(store.deliveries(), claim.deliveryId(), ACK));
                case 1 -> outcomes.add(Outcomes.settle(store.deliveries(), claim.deliveryId(), part));
                case 2 -> outcomes.add(store.deliveries().extend(claim.deliveryId(), MINUTE));
                case 3 -> store.deliveries().giveBack(claim.deliveryId());
                default -> outcomes.add(Outcomes.settle(store.deliveries(), claim.deliveryId(), NACK));
            }
        }
        return outcomes;
    }

    private static List<Object> changeToAndFro(PostgresStore store, List<Workflow> all) {
        List<Object> outcomes = new ArrayList<>();
        for (Workflow each : all) {
            for (Status status : List.of(Status.CONSUMED, Status.INSERTED)) {
                outcomes.add(store.workflows().changeStatus(StatusChange.of(each.id(), status)));
            }
        }
        return outcomes;
    }

    private static List<Object> sweepAndPurge() {
        List<Object> counts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            counts.add(second.upkeep().expire(10));
            counts.add(first.upkeep().requeue(first.upkeep().now(), 10));
        }
        return counts;
    }

    private static void assertEachInOnePlace(int count) {
        assertThat(first.number("SELECT count(*) FROM workflow")).isEqualTo(count);
        assertThat(first.number("""
                SELECT count(*) FROM workflow w
                WHERE (SELECT count(*) FROM pending p WHERE p.id = w.id)
                    + (SELECT count(*) FROM consumed c WHERE c.id = w.id) = 1
                """)).isEqualTo(count);
    }

    private static List<UUID> ids(List<Workflow> workflows) {
        return workflows.stream().map(Workflow::id).toList();
    }
}
