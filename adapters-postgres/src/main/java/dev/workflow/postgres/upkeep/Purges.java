package dev.workflow.postgres.upkeep;

import dev.workflow.domain.StateName;
import dev.workflow.postgres.server.Ending;
import dev.workflow.postgres.server.Transactions;
import dev.workflow.postgres.value.Intervals;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;

/** Removes for good what has been kept long enough. */
final class Purges {
    /**
     * Of two at once each would find there what the other is removing, and neither would end their delivery. Released with the
     * transaction.
     */
    private static final String LOCK = "SELECT pg_try_advisory_xact_lock(%d)".formatted(0x776F726B666C6F05L);

    /**
     * A delivery ends with the last of its workflows. Of those that go before, what it shows of them is kept until nothing shows
     * it any more. What is kept and noted here is not there yet for what else is done here.
     */
    private static final String PURGE = """
            WITH mark AS MATERIALIZED (
                SELECT clock_timestamp() - ? * interval '1 microsecond' AS before),
            old AS MATERIALIZED (
                SELECT id
                FROM %1$s
                WHERE %2$s < (SELECT before FROM mark)
                ORDER BY %2$s
                LIMIT ?
                FOR UPDATE SKIP LOCKED),
            gone AS (
                DELETE FROM %1$s WHERE id = ANY (ARRAY(SELECT id FROM old)) RETURNING id, delivery_id),
            shown AS MATERIALIZED (
                SELECT gone.id, d.id AS delivery_id
                FROM gone
                CROSS JOIN LATERAL (
                    SELECT gone.delivery_id AS id
                    UNION
                    SELECT e.delivery_id FROM earlier_delivery e WHERE e.workflow_id = gone.id) AS known
                CROSS JOIN LATERAL (SELECT id FROM delivery WHERE delivery.id = known.id LIMIT 1) AS d),
            ended AS (
                DELETE FROM delivery
                WHERE id = ANY (ARRAY(
                    SELECT d.id
                    FROM (SELECT DISTINCT delivery_id FROM shown) AS asked
                    CROSS JOIN LATERAL (SELECT * FROM delivery WHERE delivery.id = asked.delivery_id LIMIT 1) AS d
                    WHERE NOT EXISTS (
                        SELECT FROM unnest(d.workflow_ids) AS other (id)
                        WHERE other.id NOT IN (SELECT id FROM gone)
                          AND ((SELECT p.id FROM pending p WHERE p.id = other.id LIMIT 1) IS NOT NULL
                            OR (SELECT c.id FROM consumed c WHERE c.id = other.id LIMIT 1) IS NOT NULL))
                    ORDER BY d.id))
                RETURNING id, workflow_ids),
            still AS MATERIALIZED (
                SELECT id, delivery_id FROM shown WHERE delivery_id NOT IN (SELECT id FROM ended)),
            noted AS (
                INSERT INTO earlier_delivery (workflow_id, delivery_id)
                SELECT id, delivery_id FROM still
                ON CONFLICT DO NOTHING),
            removed AS (
                DELETE FROM workflow WHERE id = ANY (ARRAY(SELECT id FROM gone)) RETURNING id, source, steps),
            kept AS (
                INSERT INTO removed_workflow (id, source, steps)
                SELECT id, source, steps FROM removed WHERE id IN (SELECT id FROM still)),
            unshown AS MATERIALIZED (
                SELECT id
                FROM (SELECT id FROM gone UNION SELECT unnest(workflow_ids) FROM ended) AS past
                WHERE (SELECT e.delivery_id
                       FROM earlier_delivery e
                       WHERE e.workflow_id = past.id
                         AND e.delivery_id NOT IN (SELECT id FROM ended)
                         AND (SELECT d.id FROM delivery d WHERE d.id = e.delivery_id LIMIT 1) IS NOT NULL
                       LIMIT 1) IS NULL),
            let_go AS (
                DELETE FROM removed_workflow WHERE id = ANY (ARRAY(SELECT id FROM unshown))),
            forgotten AS (
                DELETE FROM earlier_delivery WHERE workflow_id = ANY (ARRAY(SELECT id FROM unshown)))
            SELECT count(*) FROM gone
            """;

    static final String PURGE_CONSUMED = PURGE.formatted("consumed", "consumed_at");
    private static final String PURGE_DEAD = PURGE.formatted("pending", "dead_at");

    private Purges() {}

    /** Nothing while another replica is at it. */
    static Ending<Integer> run(Connection connection, StateName state, Duration age, int max) throws SQLException {
        String sql = switch (state) {
            case CONSUMED -> PURGE_CONSUMED;
            case DEAD -> PURGE_DEAD;
            case WAITING, DELAYED, LEASED -> throw new IllegalArgumentException(state + " workflows are not removed.");
        };
        try (PreparedStatement lock = connection.prepareStatement(LOCK);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            if (!Transactions.isTrue(lock)) {
                return Ending.nothingDone(0);
            }
            statement.setLong(1, Intervals.micros(age));
            statement.setInt(2, max);
            return Ending.ofCount(statement);
        }
    }
}
