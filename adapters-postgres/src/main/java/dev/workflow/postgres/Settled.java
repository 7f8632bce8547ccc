package dev.workflow.postgres;

import dev.workflow.domain.Settlement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;

/**
 * What a statement made of a lease. Each such statement locks the workflows that the delivery still has, in the order of their
 * ids, then the delivery; it changes nothing unless both are there and the lease runs.
 */
record Settled(Settlement settlement, String transactionId) {
    /** Takes the id of the delivery. */
    static final String HELD = """
            held AS MATERIALIZED (
                SELECT id
                FROM pending
                WHERE delivery_id = ? AND lease_until > clock_timestamp() AND NOT delayed
                ORDER BY id
                FOR UPDATE)""";

    /** Takes the id again. Counting makes the statement lock all that are held before it looks at the delivery. */
    static final String STILL_LEASED = """
            id = ? AND state = 'leased' AND lease_until > clock_timestamp() AND (SELECT count(*) FROM held) > 0""";

    static final String SELECT = """
            SELECT id, state, delivered_at, CAST(NULL AS timestamptz) AS lease_until, settled_at, touched, nacked,
                   pg_current_xact_id() AS transaction_id
            FROM settled
            """;

    /** The ids of {@code some}, in the order of the delivery. */
    static String inOrder(String some) {
        return """
                ARRAY(SELECT m.id FROM unnest(workflow_ids) WITH ORDINALITY AS m (id, place)
                      WHERE m.id = ANY (ARRAY(SELECT id FROM %s)) ORDER BY m.place)""".formatted(some);
    }

    /** Empty when nothing was changed. */
    static Optional<Settled> read(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            return row.next()
                    ? Optional.of(new Settled(settlement(row), row.getString("transaction_id")))
                    : Optional.empty();
        }
    }

    static Settlement settlement(ResultSet row) throws SQLException {
        return new Settlement(
                WorkflowRow.uuid(row, "id"),
                DeliveryRow.state(row, "state"),
                WorkflowRow.uuids(row, "touched"),
                row.getObject("nacked") == null ? null : WorkflowRow.uuids(row, "nacked"),
                new Settlement.Times(
                        Objects.requireNonNull(WorkflowRow.time(row, "delivered_at")),
                        WorkflowRow.time(row, "lease_until"),
                        WorkflowRow.time(row, "settled_at")));
    }
}
