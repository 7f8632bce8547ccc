package dev.workflow.postgres.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.Eventually;
import dev.workflow.contracts.Outcomes;
import dev.workflow.contracts.StoreContract;
import dev.workflow.contracts.StoreFixture;
import dev.workflow.domain.Criterion;
import dev.workflow.domain.Listing;
import dev.workflow.domain.Redrive;
import dev.workflow.domain.RequestKey;
import dev.workflow.domain.StateName;
import dev.workflow.domain.Status;
import dev.workflow.domain.StatusChange;
import dev.workflow.domain.Submission;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.delivery.Claim;
import dev.workflow.domain.delivery.DeliveryTerms;
import dev.workflow.domain.delivery.Verdict;
import dev.workflow.postgres.TestStore;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Statements that were prepared while the tables were known to be empty still go by the indexes when they are full. */
final class PlansTest extends StoreContract {
    /** After so many uses the driver and the server have settled on a plan. */
    private static final int UNTIL_SETTLED = 12;

    private static final int FULL = 50_000;

    private final TestStore store = TestStore.create();

    @Override
    protected StoreFixture emptyStore() {
        for (String table : List.of(
                "workflow",
                "pending",
                "consumed",
                "outbox",
                "delivery",
                "earlier_delivery",
                "removed_workflow",
                "idempotency")) {
            store.execute("ALTER TABLE " + table + " SET (autovacuum_enabled = off)");
        }
        store.emptied().execute("VACUUM ANALYZE");
        return store;
    }

    @Test
    void noTableIsReadFromEndToEnd() {
        for (int i = 0; i < UNTIL_SETTLED; i++) {
            useEverything();
            store.statistics().counts();
            store.statistics().anyWaiting();
            store.statistics().recount();
        }
        closeStore();
        assertThat(rowsReadOneAfterAnother()).isZero();
        assertThat(indexEntriesRead()).isPositive();
    }

    /** Nor is an index: what is done with a few workflows does not depend on how many others there are. */
    @Test
    void whatIsDoneReadsOnlyWhatItIsAbout() {
        for (int i = 0; i < UNTIL_SETTLED; i++) {
            useEverything();
        }
        fill();
        useEverything();
        closeStore();
        assertThat(rowsReadOneAfterAnother()).isZero();
        assertThat(indexEntriesRead()).isLessThan(FULL / 10);
    }

    /** A session tells what it has read when it ends, which is a moment after its client has left. */
    private void closeStore() {
        store.close();
        Eventually.holds("all sessions have ended", () -> store.number("""
                SELECT count(*) FROM pg_stat_activity
                WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()""") == 0);
    }

    /** Nobody tells the planner of it. */
    private void fill() {
        store.execute("""
                WITH ids AS MATERIALIZED (
                    SELECT n, gen_random_uuid() AS id, gen_random_uuid() AS other, gen_random_uuid() AS delivery_id
                    FROM generate_series(1, %d) AS n),
                stored AS (
                    INSERT INTO workflow (id, source, steps)
                    SELECT id, '{"n":' || n || '}', ARRAY['a'] FROM ids
                    UNION ALL
                    SELECT other, '{"n":' || n || '}', ARRAY['a'] FROM ids),
                waiting AS (
                    INSERT INTO pending (id, queued_at, delivery_id, lease_until, delayed, dead_at)
                    SELECT id, now(), delivery_id, CASE WHEN n %% 3 > 0 THEN now() + interval '1 day' END, n %% 3 = 1,
                           CASE WHEN n %% 6 = 0 THEN now() END
                    FROM ids),
                done AS (
                    INSERT INTO consumed (id, version, consumed_at, delivery_id, attempts)
                    SELECT other, 2, now(), gen_random_uuid(), 0 FROM ids),
                known AS (
                    INSERT INTO idempotency (owner, key, fingerprint, expires_at)
                    SELECT 'other', n::text, '', now() + interval '1 day' FROM ids),
                queued AS (
                    INSERT INTO outbox (workflow_ids, queued_at) SELECT ARRAY[id], now() FROM ids),
                earlier AS (
                    INSERT INTO earlier_delivery (workflow_id, delivery_id) SELECT id, gen_random_uuid() FROM ids),
                removed AS (
                    INSERT INTO removed_workflow (id, source, steps) SELECT gen_random_uuid(), '1', '{}' FROM ids)
                INSERT INTO delivery (id, form, state, delivered_at, lease, lease_expires_at, lease_until,
                                      workflow_ids, versions, attempts, last_errors)
                SELECT delivery_id, 'csv', 'leased', now(), interval '1 day', now() + interval '1 day',
                       now() + interval '1 day', ARRAY[id], ARRAY[2], ARRAY[0], ARRAY[NULL]
                FROM ids
                """.formatted(FULL));
    }

    private void useEverything() {
        List<Workflow> all = stored("1", "2", "3", "4", "5");
        store.outbox().drain(10, StoreContract::allOf);
        claim(plain(all.get(0)), plain(all.get(1)));
        for (Status status : List.of(Status.CONSUMED, Status.INSERTED)) {
            store.workflows().changeStatus(StatusChange.of(all.get(2).id(), status));
        }
        found(all.get(0).id());
        useLeases(all.get(2), all.get(3), all.get(4));
        useKeys();
        store.upkeep().requeue(store.upkeep().now().minus(Duration.ofHours(1)), 10);
        store.upkeep().publishedBefore();
        store.upkeep().expire(10);
        removeOld();
        store.upkeep().forgetKeys(10);
    }

    /** One that was refused and is dead now, and one that was delivered with it and is consumed; first this one, then both. */
    private void removeOld() {
        List<Workflow> all = stored("1", "2");
        UUID both = leased(MINUTE, all.get(0), all.get(1)).id();
        Outcomes.settle(store.deliveries(), both, new Verdict.Refuse(Set.of(), Duration.ZERO, null));
        claim(all.get(0));
        worn(all.get(1), 4);
        for (Workflow each : all) {
            store.execute("""
                    SET enable_seqscan = off;
                    UPDATE consumed SET consumed_at = consumed_at - interval '2 hours' WHERE id = '%1$s';
                    UPDATE pending SET dead_at = dead_at - interval '2 hours' WHERE id = '%1$s'""".formatted(each.id()));
        }
        assertThat(store.upkeep().purge(StateName.CONSUMED, Duration.ofHours(1), 10))
                .isOne();
        store.deliveries().findDelivery(both);
        assertThat(store.upkeep().purge(StateName.DEAD, Duration.ofHours(1), 10))
                .isOne();
    }

    private static Claim plain(Workflow workflow) {
        return claimOf(List.of(workflow.id()), DeliveryTerms.finalIn(PLAIN));
    }

    private void useLeases(Workflow one, Workflow two, Workflow three) {
        UUID refused = leased(MINUTE, one, two, three).id();
        store.deliveries().extend(refused, null);
        store.deliveries().findDelivery(refused);
        Outcomes.settle(store.deliveries(), refused, new Verdict.Refuse(Set.of(two.id()), Duration.ZERO, "no"));
        Outcomes.settle(store.deliveries(), refused, new Verdict.Acknowledge());
        store.deliveries().findDelivery(refused);
        UUID acknowledged = leased(MINUTE, two).id();
        Outcomes.settle(store.deliveries(), acknowledged, new Verdict.Acknowledge());
        store.workflows().changeStatus(StatusChange.of(one.id(), Status.INSERTED));
        store.deliveries().giveBack(leased(MINUTE, one).id());
        UUID last = delivered(claim(claimOf(one)).getFirst()).delivery().id();
        store.deliveries().giveBack(last);
        store.workflows().page(Listing.ofAll(10).with(new Criterion.OfDelivery(refused)));
        redrive(List.of(one.id()), null);
    }

    private void useKeys() {
        Workflow workflow = workflow("1");
        RequestKey posted = key(UUID.randomUUID().toString());
        RequestKey taken = key(UUID.randomUUID().toString());
        RequestKey changed = key(UUID.randomUUID().toString());
        for (int i = 0; i < 2; i++) {
            store.workflows().insert(List.of(new Submission(List.of(workflow), posted)));
            DeliveryTerms terms = new DeliveryTerms(PLAIN, null, taken);
            Claim claim = claimOf(List.of(workflow.id()), terms);
            store.deliveries().claim(() -> List.of(claim));
            store.deliveries().answered(terms);
            store.workflows().changeStatus(new StatusChange(workflow.id(), Status.CONSUMED, null, changed));
        }
        redrive(List.of(workflow.id()), key(UUID.randomUUID().toString()));
    }

    private void redrive(List<UUID> ids, @Nullable RequestKey key) {
        store.deadLetters().redrive(new Redrive(ids, key));
    }

    /** Each table once at most; a plan that was kept reads a table for each row of another. */
    @Test
    void aPageReadsNothingTwice() {
        for (int i = 0; i < UNTIL_SETTLED; i++) {
            pageAfter(workflow("0"));
        }
        List<Workflow> all = stored(Collections.nCopies(2000, "1").toArray(String[]::new));
        pageAfter(all.get(0));
        closeStore();
        assertThat(store.number("SELECT sum(seq_tup_read + idx_tup_fetch) FROM pg_stat_user_tables"))
                .isLessThan(10_000);
    }

    /** A plan for any number of workflows expects few; with a thousand, a loop within a loop looks at a million pairs. */
    @Test
    void aClaimOfManyComparesNothingEachWithEach() {
        String sql = Handover.HAND_OVER;
        List<String> types = List.of("uuid[]", "bigint[]", "uuid[]", "text[]", "bigint[]", "integer", "bigint");
        for (int i = 0; i < types.size(); i++) {
            sql = sql.replaceFirst("\\?", "CAST(\\$" + (i + 1) + " AS " + types.get(i) + ")");
        }
        assertThat(sql).doesNotContain("?");

        List<String> plan = store.plan(sql);

        assertThat(plan).anyMatch(line -> line.contains("hashed SubPlan"));
        assertThat(plan).noneMatch(line -> line.contains("Join Filter") || line.contains("Hash Cond"));
    }

    private void pageAfter(Workflow workflow) {
        Listing all = Listing.ofAll(200).after(workflow.id());
        store.workflows().page(all);
        for (Status status : Status.values()) {
            store.workflows().page(all.with(new Criterion.HasStatus(status)));
        }
    }

    /** The tally has six rows, and the changelog belongs to Liquibase. */
    private long rowsReadOneAfterAnother() {
        return store.number("""
                SELECT sum(seq_tup_read) FROM pg_stat_user_tables
                WHERE relname <> 'tally' AND relname NOT LIKE 'databasechange%'
                """);
    }

    private long indexEntriesRead() {
        return store.number("SELECT sum(idx_tup_read) FROM pg_stat_user_indexes");
    }
}
