package dev.workflow.postgres.workflow;

import dev.workflow.domain.ChangeOutcome;
import dev.workflow.domain.RequestKey;
import dev.workflow.domain.State;
import dev.workflow.domain.Workflow;
import dev.workflow.postgres.value.Columns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What status changes with a key were answered: the workflow as it was then. Its content never changes and is not kept. */
final class ChangeAnswers {
    private ChangeAnswers() {}

    private static final String KEEP = """
            UPDATE idempotency
            SET answer = jsonb_build_object(
                'id', CAST(? AS uuid), 'version', CAST(? AS bigint), 'attempts', CAST(? AS integer),
                'last_error', CAST(? AS text), 'delivery_id', CAST(? AS uuid), 'delayed', CAST(? AS boolean),
                'lease_until', CAST(? AS timestamptz), 'dead_at', CAST(? AS timestamptz),
                'consumed_at', CAST(? AS timestamptz))
            WHERE owner = ? AND key = ?
            RETURNING pg_current_xact_id()
            """;

    /** Answers with the id of the transaction. */
    static String keep(Connection connection, RequestKey key, Workflow workflow) throws SQLException {
        State state = workflow.state();
        try (PreparedStatement statement = connection.prepareStatement(KEEP)) {
            statement.setObject(1, workflow.id());
            statement.setLong(2, workflow.history().version());
            statement.setInt(3, workflow.history().attempts());
            statement.setString(4, workflow.history().lastError());
            statement.setObject(5, workflow.history().deliveryId(), Types.OTHER);
            statement.setBoolean(6, state instanceof State.Delayed);
            Columns.setTime(statement, 7, leaseUntil(state));
            Columns.setTime(statement, 8, state instanceof State.Dead(Instant diedAt) ? diedAt : null);
            Columns.setTime(statement, 9, state instanceof State.Consumed(Instant consumedAt) ? consumedAt : null);
            statement.setString(10, key.owner());
            statement.setString(11, key.key());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    private static @Nullable Instant leaseUntil(State state) {
        return switch (state) {
            case State.Leased(Instant expiresAt) -> expiresAt;
            case State.Delayed(Instant availableAt) -> availableAt;
            case State.Waiting() -> null;
            case State.Dead dead -> null;
            case State.Consumed consumed -> null;
        };
    }

    private static final String FIND = """
            SELECT %s, a.version, a.attempts, a.last_error, a.delivery_id, a.lease_until, a.delayed, a.dead_at, a.consumed_at
            FROM idempotency i
            CROSS JOIN LATERAL jsonb_to_record(i.answer) AS a (
                id uuid, version bigint, attempts integer, last_error text, delivery_id uuid, delayed boolean,
                lease_until timestamptz, dead_at timestamptz, consumed_at timestamptz)
            CROSS JOIN LATERAL (SELECT * FROM workflow WHERE workflow.id = a.id LIMIT 1) w
            WHERE i.owner = ? AND i.key = ? AND i.answer IS NOT NULL
            """.formatted(WorkflowRow.CONTENT);

    /** A workflow that is gone meanwhile is as unknown as any other. */
    static ChangeOutcome find(Connection connection, RequestKey key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setString(1, key.owner());
            statement.setString(2, key.key());
            return WorkflowRow.readAll(statement).stream()
                    .findFirst()
                    .<ChangeOutcome>map(ChangeOutcome.Done::new)
                    .orElseGet(ChangeOutcome.UnknownWorkflow::new);
        }
    }
}
