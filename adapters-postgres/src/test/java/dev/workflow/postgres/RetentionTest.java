package dev.workflow.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.Eventually;
import dev.workflow.contracts.Outcomes;
import dev.workflow.domain.StateName;
import dev.workflow.domain.Status;
import dev.workflow.domain.StatusChange;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.delivery.Delivery;
import dev.workflow.domain.delivery.Verdict;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What stays of what was removed, and that nothing is left behind. */
final class RetentionTest extends OnOneDatabase {
    private static final Duration HALF = Duration.ofSeconds(30);

    @Test
    void contentsStayAsLongAsADeliveryShowsThem() {
        List<Workflow> all = stored("1", "2", "3");
        Delivery delivery = leased(MINUTE, all.toArray(Workflow[]::new));
        Outcomes.settle(
                store.deliveries(),
                delivery.id(),
                new Verdict.Refuse(Set.of(all.get(1).id()), Duration.ZERO, null));
        store.age(MINUTE);

        assertThat(purgeConsumed()).isEqualTo(2);

        assertThat(store.workflows().find(all.getFirst().id())).isEmpty();
        assertShown(delivery);
        store.check();
        takeOut(all.get(1));
        store.age(MINUTE);
        assertThat(purgeConsumed()).isEqualTo(1);
        assertNothingLeft();
    }

    @Test
    void earlierDeliveriesGoToo() {
        List<Workflow> all = stored("1", "2");
        for (int i = 0; i < 2; i++) {
            refuse(leased(MINUTE, all.toArray(Workflow[]::new)));
        }
        all.forEach(each -> claim(each));
        store.age(MINUTE);
        assertThat(purgeConsumed()).isEqualTo(2);
        assertNothingLeft();
    }

    /** It came back by each of the ways there are, and was then consumed by another one. */
    @Test
    void whatCameBackFromADeliveryIsShownByItStill() {
        Workflow stays = stored("0").getFirst();
        List<Delivery> earlier = new ArrayList<>();
        Workflow refused = stored("1").getFirst();
        earlier.add(refuse(leased(MINUTE, refused, stays)));
        Workflow expired = stored("2").getFirst();
        earlier.add(leased(MINUTE, expired, stays));
        store.age(MINUTE);
        store.upkeep().expire(10);
        Workflow putBack = stored("3").getFirst();
        earlier.add(leased(MINUTE, putBack, stays));
        takeOut(putBack);
        putBack(putBack);
        List<Workflow> all = List.of(refused, expired, putBack);
        all.forEach(each -> claim(each));
        store.age(MINUTE);

        assertThat(purgeConsumed()).isEqualTo(3);

        earlier.forEach(each -> assertShown(each));
        store.check();
        takeOut(stays);
        store.age(MINUTE);
        assertThat(purgeConsumed()).isEqualTo(1);
        assertNothingLeft();
    }

    /** One was together with another, and that one with a third: only the third is there still. */
    @Test
    void contentsThatNoDeliveryShowsAnyMoreGo() {
        List<Workflow> all = stored("1", "2", "3");
        Delivery ended = refuse(leased(MINUTE, all.get(0), all.get(1)));
        Delivery known = refuse(leased(MINUTE, all.get(1), all.get(2)));
        claim(all.get(0));
        claim(all.get(1));
        store.age(MINUTE);

        for (int i = 0; i < 2; i++) {
            assertThat(store.upkeep().purge(StateName.CONSUMED, HALF, 1)).isOne();
            store.check();
        }

        assertThat(store.deliveries().findDelivery(ended.id())).isEmpty();
        assertShown(known);
        assertThat(store.number("SELECT count(*) FROM removed_workflow")).isOne();
    }

    /** Whichever of two deliveries ends first, the earlier one or the newest. */
    @Test
    void contentsStayForTheOtherDeliveryThatShowsThem() {
        for (boolean earlierEnds : List.of(true, false)) {
            List<Workflow> all = stored("1", "2", "3");
            Workflow shared = all.get(0);
            Delivery earlier = refuse(leased(MINUTE, shared, all.get(1)));
            Delivery newest = leased(MINUTE, shared, all.get(2));
            Verdict.Refuse onlyThird = new Verdict.Refuse(Set.of(all.get(2).id()), Duration.ZERO, null);
            Outcomes.settle(store.deliveries(), newest.id(), onlyThird);
            store.age(MINUTE);
            assertThat(purgeConsumed()).isOne();

            takeOut(all.get(earlierEnds ? 1 : 2));
            store.age(MINUTE);
            assertThat(purgeConsumed()).isOne();

            assertShown(earlierEnds ? newest : earlier);
            store.check();
            takeOut(all.get(earlierEnds ? 2 : 1));
            store.age(MINUTE);
            assertThat(purgeConsumed()).isOne();
            assertNothingLeft();
        }
    }

    /** Nor does it pass for one that had a single workflow, and no row of its own. */
    @Test
    void aDeliveryIsTheSameUntilTheLastThatItNamesIsRemoved() {
        List<Workflow> all = stored("1", "2", "3");
        Delivery delivery = leased(MINUTE, all.toArray(Workflow[]::new));
        Outcomes.settle(store.deliveries(), delivery.id(), new Verdict.Acknowledge());
        store.age(MINUTE);
        for (int left = 2; left >= 0; left--) {
            assertShown(delivery);
            assertThat(store.upkeep().purge(StateName.CONSUMED, HALF, 1)).isOne();
        }
        assertThat(store.deliveries().findDelivery(delivery.id())).isEmpty();
        assertNothingLeft();
    }

    /** Of each large delivery one workflow is dead and kept. The others are not, nor do they hold up what is behind them. */
    @Test
    void aWorkflowThatStaysKeepsNoOthers() {
        store.execute("""
                CREATE TEMP TABLE member AS
                    SELECT delivery_id, n, gen_random_uuid() AS id
                    FROM (SELECT gen_random_uuid() AS delivery_id FROM generate_series(1, 20)) AS each,
                         generate_series(1, 1000) AS n;
                INSERT INTO workflow (id, source, steps) SELECT id, '1', '{}' FROM member;
                INSERT INTO delivery (id, form, state, delivered_at, lease, lease_expires_at, lease_until, settled_at,
                                      workflow_ids, versions, attempts, last_errors)
                    SELECT delivery_id, 'csv', 'nacked', now(), interval '1 minute', now(), now(), now(),
                           array_agg(id ORDER BY n), array_agg(2), array_agg(0), array_agg(CAST(NULL AS text))
                    FROM member GROUP BY delivery_id;
                INSERT INTO consumed (id, version, consumed_at, delivery_id, attempts)
                    SELECT id, 3, now(), delivery_id, 0 FROM member WHERE n < 1000;
                INSERT INTO pending (id, queued_at, dead_at, delivery_id, attempts)
                    SELECT id, now(), now(), delivery_id, 5 FROM member WHERE n = 1000;
                ANALYZE""");
        store.age(MINUTE);
        try (PostgresStore hasty = PostgresStore.open(TestStore.settings(store.url()))) {
            while (hasty.upkeep().purge(StateName.CONSUMED, HALF, 500) > 0) {
                assertThat(store.number(
                                "SELECT (SELECT count(*) FROM workflow) + (SELECT count(*) FROM removed_workflow)"))
                        .isEqualTo(20 * 1000);
            }
            assertThat(store.number("SELECT count(*) FROM consumed")).isZero();
            store.check();
            assertThat(hasty.upkeep().purge(StateName.DEAD, HALF, 500)).isEqualTo(20);
        }
        assertNothingLeft();
    }

    /** Each would see that the other's workflow is there still, and neither would end their delivery. */
    @Test
    void twoReplicasLeaveNothingBehind() throws Exception {
        List<Workflow> all = stored("1", "2");
        Delivery delivery = leased(MINUTE, all.toArray(Workflow[]::new));
        Outcomes.settle(store.deliveries(), delivery.id(), new Verdict.Acknowledge());
        store.age(MINUTE);
        try (PostgresStore other = PostgresStore.open(TestStore.patient(store.url()));
                ExecutorService threads = Executors.newSingleThreadExecutor();
                Connection connection = DriverManager.getConnection(store.url());
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("INSERT INTO earlier_delivery SELECT id, delivery_id FROM consumed");
            Future<Integer> held = threads.submit(() -> other.upkeep().purge(StateName.CONSUMED, HALF, 1));
            Eventually.holds("one waits", () -> store.number("""
                    SELECT count(*) FROM pg_stat_activity
                    WHERE datname = current_database() AND wait_event_type = 'Lock'""") > 0);
            assertThat(purgeConsumed()).isZero();
            connection.rollback();
            assertThat(held.get()).isOne();
        }
        assertThat(purgeConsumed()).isOne();
        assertNothingLeft();
    }

    private int purgeConsumed() {
        return store.upkeep().purge(StateName.CONSUMED, HALF, 10);
    }

    private Delivery refuse(Delivery delivery) {
        Outcomes.settle(store.deliveries(), delivery.id(), new Verdict.Refuse(Set.of(), Duration.ZERO, null));
        return delivery;
    }

    /** As it was, but for its times, which the test has moved. */
    private void assertShown(Delivery delivery) {
        assertThat(store.deliveries().findDelivery(delivery.id()).orElseThrow().workflows())
                .usingRecursiveComparison()
                .ignoringFields("state")
                .isEqualTo(delivery.workflows());
    }

    private void takeOut(Workflow workflow) {
        store.workflows().changeStatus(StatusChange.of(workflow.id(), Status.CONSUMED));
    }

    private void putBack(Workflow workflow) {
        store.workflows().changeStatus(StatusChange.of(workflow.id(), Status.INSERTED));
    }

    private void assertNothingLeft() {
        for (String table :
                List.of("workflow", "pending", "consumed", "delivery", "earlier_delivery", "removed_workflow")) {
            assertThat(store.number("SELECT count(*) FROM " + table)).as(table).isZero();
        }
    }
}
