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
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What goes together, and that nothing is left behind. */
final class RetentionTest extends OnOneDatabase {
    private static final Duration HALF = Duration.ofSeconds(30);

    @Test
    void aWorkflowStaysAsLongAsTheRestOfItsDelivery() {
        List<Workflow> all = stored("1", "2", "3");
        Delivery delivery = leased(MINUTE, all.toArray(Workflow[]::new));
        Outcomes.settle(
                store.deliveries(),
                delivery.id(),
                new Verdict.Refuse(Set.of(all.get(1).id()), Duration.ZERO, null));
        store.age(MINUTE);
        assertThat(purgeConsumed()).isZero();
        takeOut(all.get(1));
        assertThat(purgeConsumed()).isZero();
        assertThat(store.deliveries().findDelivery(delivery.id())).isPresent();

        store.age(MINUTE);

        assertThat(purgeConsumed()).isEqualTo(3);
        assertNothingLeft();
    }

    /** Those that went before are found by their first workflow. */
    @Test
    void earlierDeliveriesGoToo() {
        List<Workflow> all = stored("1", "2");
        for (int i = 0; i < 2; i++) {
            Delivery refused = leased(MINUTE, all.toArray(Workflow[]::new));
            Outcomes.settle(store.deliveries(), refused.id(), new Verdict.Refuse(Set.of(), Duration.ZERO, null));
        }
        all.forEach(each -> claim(each));
        store.age(MINUTE);
        assertThat(purgeConsumed()).isEqualTo(2);
        assertNothingLeft();
    }

    /** Else it would pass for one that had a single workflow, and no row of its own. */
    @Test
    void aDeliveryIsNotForgottenBeforeTheLastThatNamesIt() {
        List<Workflow> all = stored("1", "2");
        Delivery delivery = leased(MINUTE, all.toArray(Workflow[]::new));
        Outcomes.settle(store.deliveries(), delivery.id(), new Verdict.Acknowledge());
        store.age(MINUTE);
        for (int left = 1; left >= 0; left--) {
            assertThat(store.upkeep().purge(StateName.CONSUMED, HALF, 1)).isOne();
            assertThat(store.deliveries().findDelivery(delivery.id())).isEmpty();
            assertThat(store.number("SELECT count(*) FROM delivery")).isEqualTo(left);
        }
        assertNothingLeft();
    }

    /** Of each large delivery one workflow is dead and kept. Neither do the others go, nor do they hold up what is behind them. */
    @Test
    void manyThatStayHoldUpNothing() {
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
        Workflow behind = stored("1").getFirst();
        claim(behind);
        store.age(MINUTE);
        try (PostgresStore hasty = PostgresStore.open(TestStore.settings(store.url()))) {
            Eventually.holds("it is gone", () -> {
                hasty.upkeep().purge(StateName.CONSUMED, HALF, 500);
                return store.workflows().find(behind.id()).isEmpty();
            });
        }
        assertThat(store.number("SELECT count(*) FROM consumed")).isEqualTo(20 * 999);
    }

    private int purgeConsumed() {
        return store.upkeep().purge(StateName.CONSUMED, HALF, 10);
    }

    private void takeOut(Workflow workflow) {
        store.workflows().changeStatus(StatusChange.of(workflow.id(), Status.CONSUMED));
    }

    private void assertNothingLeft() {
        for (String table : List.of("workflow", "pending", "consumed", "delivery")) {
            assertThat(store.number("SELECT count(*) FROM " + table)).as(table).isZero();
        }
    }
}
