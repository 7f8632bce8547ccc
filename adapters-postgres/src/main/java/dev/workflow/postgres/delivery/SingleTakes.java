package dev.workflow.postgres.delivery;

import dev.workflow.domain.QueueEntry;
import dev.workflow.postgres.value.BinaryArray;
import dev.workflow.postgres.value.Columns;
import dev.workflow.postgres.workflow.WorkflowRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Claims of one workflow each, for good and in the plain form: the hot path. Such a delivery has no row of its own, since all
 * there is to know of it stands in {@code consumed}.
 */
final class SingleTakes {
    private SingleTakes() {}

    /**
     * Locks in the order of the ids, so that two who want the same cannot wait for each other in a circle, and waits for
     * those who were first: a row that is locked is not yet a row that is taken. A row that becomes claimable during the wait
     * is not taken; whoever made it so has sent a message of its own. So has whoever queued a row later than its message
     * says: that message is stale. Rows are looked up by arrays of ids: a join could be planned as a scan, while the tables
     * are empty, and then be kept; and the state is asked for in words that no partial index answers to, since that index
     * might be read instead, all of it.
     */
    private static final String TAKE = """
            WITH locked AS MATERIALIZED (
                SELECT id, queued_at FROM pending WHERE id = ANY (?) ORDER BY id FOR UPDATE),
            taken AS (
                DELETE FROM pending
                WHERE id = ANY (ARRAY(
                    SELECT id FROM locked
                    WHERE queued_at <= timestamptz 'epoch' + (?)[array_position(?, id)] * interval '1 microsecond'))
                  AND coalesce(lease_until, dead_at) IS NULL
                RETURNING id, version, attempts, last_error),
            done AS (
                INSERT INTO consumed (id, version, consumed_at, delivery_id, attempts, last_error)
                SELECT id, version + 1, clock_timestamp(), (?)[array_position(?, id)], attempts, last_error FROM taken
                RETURNING *)
            SELECT w.id, %s, w.steps, %s, pg_current_xact_id() AS transaction_id
            FROM done c CROSS JOIN LATERAL (SELECT * FROM workflow WHERE workflow.id = c.id LIMIT 1) w
            """.formatted(Handed.LIMITED_DATA, WorkflowRow.OF_CONSUMED);

    static Handed take(Connection connection, List<Share> shares) throws SQLException {
        List<QueueEntry> entries =
                shares.stream().map(each -> each.entries().getFirst()).toList();
        BinaryArray ids =
                BinaryArray.ofUuids(entries.stream().map(QueueEntry::workflowId).toList());
        BinaryArray queuedAt =
                BinaryArray.ofTimes(entries.stream().map(QueueEntry::queuedAt).toList());
        BinaryArray deliveryIds = BinaryArray.ofUuids(
                shares.stream().map(each -> each.claim().deliveryId()).toList());
        try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
            statement.setObject(1, ids);
            statement.setObject(2, queuedAt);
            statement.setObject(3, ids);
            statement.setObject(4, deliveryIds);
            statement.setObject(5, ids);
            statement.setLong(6, Handed.limit(shares));
            try (ResultSet row = statement.executeQuery()) {
                return read(row);
            }
        }
    }

    private static Handed read(ResultSet row) throws SQLException {
        Handed handed = Handed.NOTHING;
        while (row.next()) {
            if (handed.transactionId().isEmpty()) {
                handed = new Handed(row.getString("transaction_id"));
            }
            handed.add(Columns.uuid(row, "delivery_id"), row);
        }
        return handed;
    }
}
