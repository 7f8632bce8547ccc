package dev.workflow.postgres.delivery;

import dev.workflow.domain.RedriveOutcome;
import dev.workflow.domain.RequestKey;
import dev.workflow.postgres.value.BinaryArray;
import dev.workflow.postgres.value.Columns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** What redrives with a key were answered. */
final class RedriveAnswers {
    private RedriveAnswers() {}

    private static final String KEEP = """
            UPDATE idempotency
            SET answer = jsonb_build_object('redriven', CAST(? AS integer), 'skipped', CAST(? AS uuid[]),
                                            'more', CAST(? AS boolean))
            WHERE owner = ? AND key = ?
            RETURNING pg_current_xact_id()
            """;

    /** Answers with the id of the transaction. */
    static String keep(Connection connection, RequestKey key, RedriveOutcome outcome) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(KEEP)) {
            statement.setInt(1, outcome.redriven());
            statement.setObject(2, BinaryArray.ofUuids(outcome.skipped()));
            statement.setBoolean(3, outcome.more());
            statement.setString(4, key.owner());
            statement.setString(5, key.key());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    private static final String FIND = """
            SELECT a.redriven, a.skipped, a.more
            FROM idempotency i
            CROSS JOIN LATERAL jsonb_to_record(i.answer) AS a (redriven integer, skipped uuid[], more boolean)
            WHERE i.owner = ? AND i.key = ?
            """;

    static RedriveOutcome find(Connection connection, RequestKey key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setString(1, key.owner());
            statement.setString(2, key.key());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new RedriveOutcome(
                        row.getInt("redriven"), Columns.uuids(row, "skipped"), row.getBoolean("more"));
            }
        }
    }
}
