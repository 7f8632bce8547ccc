package dev.workflow.postgres.delivery;

import dev.workflow.postgres.server.Ending;
import dev.workflow.postgres.server.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** Undoes a delivery of which its consumer certainly got nothing. */
final class GivingBack {
    private GivingBack() {}

    /**
     * What was changed by hand since stays as it is, but for the name of the delivery: what was taken out of the lease, and
     * what was put back and perhaps taken out again, which the version tells.
     */
    private static final String GIVE_BACK = """
            WITH waiting AS MATERIALIZED (
                SELECT id, lease_until IS NOT NULL AND NOT delayed AS held
                FROM pending
                WHERE delivery_id = ?
                ORDER BY id
                FOR UPDATE),
            done AS MATERIALIZED (
                SELECT id, version FROM consumed WHERE delivery_id = ? ORDER BY id FOR UPDATE),
            gone AS (
                DELETE FROM delivery
                WHERE id = ? AND state IN ('leased', 'final')
                  AND (SELECT count(*) FROM waiting) + (SELECT count(*) FROM done) > 0
                RETURNING state, workflow_ids, versions),
            void AS MATERIALIZED (
                SELECT id FROM done
                WHERE NOT EXISTS (SELECT FROM delivery WHERE delivery.id = ?)
                   OR EXISTS (SELECT FROM gone
                              WHERE state = 'final' AND versions[array_position(workflow_ids, done.id)] = done.version)),
            undone AS (
                DELETE FROM consumed WHERE id = ANY (ARRAY(SELECT id FROM void))
                RETURNING id, version, attempts, last_error),
            forgotten AS (
                UPDATE consumed SET delivery_id = NULL, version = version + 1
                WHERE id = ANY (ARRAY(SELECT done.id FROM done CROSS JOIN gone EXCEPT SELECT id FROM void))),
            again AS (
                INSERT INTO pending (id, version, queued_at, attempts, last_error)
                SELECT id, version + 1, statement_timestamp(), attempts, last_error FROM undone
                RETURNING id, queued_at),
            back AS (
                UPDATE pending
                SET version = version + 1, delivery_id = NULL, lease_until = NULL,
                    queued_at = CASE WHEN lease_until IS NULL THEN queued_at ELSE statement_timestamp() END,
                    waiting_since = CASE WHEN lease_until IS NULL THEN waiting_since END
                WHERE id = ANY (ARRAY(SELECT waiting.id FROM waiting CROSS JOIN gone))
                RETURNING id, queued_at),
            on_its_way AS (
                INSERT INTO outbox (workflow_ids, queued_at)
                SELECT array_agg(id ORDER BY array_position((SELECT workflow_ids FROM gone), id)), min(queued_at)
                FROM (SELECT * FROM again
                      UNION ALL
                      SELECT * FROM back WHERE id = ANY (ARRAY(SELECT id FROM waiting WHERE held))) AS queued
                HAVING count(*) > 0)
            SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM undone)
            """;

    static void giveBack(Transactions transactions, UUID id) {
        try {
            transactions.writeInsistently(connection -> giveBack(connection, id));
        } catch (SQLException e) {
            throw Transactions.unavailable(e);
        }
    }

    private static Ending<Boolean> giveBack(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(GIVE_BACK)) {
            for (int i = 1; i <= 4; i++) {
                statement.setObject(i, id);
            }
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getInt(1) > 0 ? Ending.done(true) : Ending.nothingDone(false);
            }
        }
    }
}
