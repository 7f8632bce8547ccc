package dev.workflow.postgres.delivery;

import dev.workflow.domain.delivery.Verdict;
import dev.workflow.postgres.value.BinaryArray;
import dev.workflow.postgres.value.Intervals;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** Puts back what a delivery still has on its lease, all of it or what is named; then the rest is consumed for good. */
final class Refusal {
    private Refusal() {}

    /** Each that goes back has an attempt more, and after the last one it is dead. */
    private static final String REFUSE = """
            WITH asked AS MATERIALIZED (
                SELECT CAST(? AS uuid[]) AS named, ? * interval '1 microsecond' AS delay,
                       CAST(? AS text) AS error, CAST(? AS integer) AS most),
            %s,
            refused AS MATERIALIZED (
                SELECT id, delivery_id FROM held CROSS JOIN asked WHERE cardinality(named) = 0 OR id = ANY (named)),
            settled AS (
                UPDATE delivery
                SET state = 'nacked', settled_at = clock_timestamp(), touched = %s,
                    nacked = CASE WHEN (SELECT cardinality(named) FROM asked) > 0 THEN %s END
                WHERE %s AND (SELECT named FROM asked) <@ ARRAY(SELECT id FROM held)
                RETURNING *),
            said AS MATERIALIZED (
                SELECT settled_at AS now, delay, error, most FROM asked CROSS JOIN settled),
            back AS (
                UPDATE pending
                SET version = version + 1, attempts = attempts + 1, queued_at = now, waiting_since = NULL,
                    last_error = coalesce(error, last_error),
                    dead_at = CASE WHEN attempts + 1 >= most THEN now END,
                    delayed = attempts + 1 < most AND delay > interval '0',
                    lease_until = CASE WHEN attempts + 1 < most AND delay > interval '0' THEN now + delay END
                FROM said
                WHERE id = ANY (ARRAY(SELECT id FROM refused))
                RETURNING id, queued_at, lease_until, dead_at),
            on_its_way AS (
                INSERT INTO outbox (workflow_ids, queued_at)
                SELECT array_agg(id ORDER BY array_position((SELECT touched FROM settled), id)), min(queued_at)
                FROM back
                WHERE lease_until IS NULL AND dead_at IS NULL
                HAVING count(*) > 0),
            earlier AS (
                INSERT INTO earlier_delivery (workflow_id, delivery_id)
                SELECT refused.id, delivery_id FROM refused CROSS JOIN settled
                ON CONFLICT DO NOTHING),
            taken AS (
                DELETE FROM pending
                WHERE id = ANY (ARRAY(SELECT held.id FROM held CROSS JOIN settled
                                      WHERE held.id <> ALL (ARRAY(SELECT id FROM refused))))
                RETURNING id, version, delivery_id, attempts, last_error),
            done AS (
                INSERT INTO consumed (id, version, consumed_at, delivery_id, attempts, last_error)
                SELECT id, version + 1, (SELECT settled_at FROM settled), delivery_id, attempts, last_error FROM taken)
            %s""".formatted(
            Settled.HELD, Settled.inOrder("held"), Settled.inOrder("refused"), Settled.STILL_LEASED, Settled.SELECT);

    static List<Settled> make(Connection connection, UUID id, Verdict.Refuse refuse, int maxAttempts)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(REFUSE)) {
            statement.setObject(1, BinaryArray.ofUuids(List.copyOf(refuse.workflowIds())));
            statement.setLong(2, Intervals.micros(refuse.delay()));
            statement.setString(3, refuse.error());
            statement.setInt(4, maxAttempts);
            statement.setObject(5, BinaryArray.ofUuids(List.of(id)));
            return Settled.read(statement);
        }
    }
}
