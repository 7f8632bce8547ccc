package dev.workflow.postgres.upkeep;

import dev.workflow.postgres.server.Ending;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Ends what is due: nobody else clears a lease or a delay that is over. */
final class Sweep {
    private Sweep() {}

    /**
     * What is locked is left to whoever has it. The time is read once, in a form that an index can be asked for. A delivery
     * whose workflows are swept in two goes is ended by the first.
     */
    private static final String SWEEP = """
            WITH due AS MATERIALIZED (
                SELECT id, delivery_id, delayed
                FROM pending
                WHERE lease_until <= (SELECT clock_timestamp())
                ORDER BY lease_until
                LIMIT ?
                FOR UPDATE SKIP LOCKED),
            leased AS MATERIALIZED (
                SELECT id
                FROM delivery
                WHERE id = ANY (ARRAY(SELECT delivery_id FROM due WHERE NOT delayed)) AND state = 'leased'
                ORDER BY id
                FOR UPDATE),
            expired AS (
                UPDATE delivery
                SET state = 'expired', settled_at = lease_until
                WHERE id = ANY (ARRAY(SELECT id FROM leased)) AND state = 'leased'),
            over AS (
                UPDATE pending
                SET version = version + 1, lease_until = NULL, delayed = false, queued_at = statement_timestamp(),
                    waiting_since = NULL,
                    attempts = CASE WHEN delayed THEN attempts ELSE attempts + 1 END,
                    last_error = CASE WHEN delayed THEN last_error ELSE 'lease expired' END,
                    dead_at = CASE WHEN NOT delayed AND attempts + 1 >= ? THEN clock_timestamp() END
                WHERE id = ANY (ARRAY(SELECT id FROM due))
                RETURNING id, queued_at, dead_at),
            earlier AS (
                INSERT INTO earlier_delivery (workflow_id, delivery_id)
                SELECT id, delivery_id FROM due WHERE NOT delayed
                ON CONFLICT DO NOTHING),
            on_its_way AS (
                INSERT INTO outbox (workflow_ids, queued_at)
                SELECT array_agg(id ORDER BY array_position(ARRAY(SELECT id FROM due), id)), min(queued_at)
                FROM over
                WHERE dead_at IS NULL
                HAVING count(*) > 0)
            SELECT count(*) FROM over
            """;

    static Ending<Integer> run(Connection connection, int max, int maxAttempts) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SWEEP)) {
            statement.setInt(1, max);
            statement.setInt(2, maxAttempts);
            return Ending.ofCount(statement);
        }
    }
}
