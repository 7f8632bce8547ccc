package dev.workflow.postgres.delivery;

import dev.workflow.domain.delivery.Settlement;
import dev.workflow.postgres.value.Columns;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a statement made of a lease. Each such statement locks the workflows that its deliveries still have, in the order of
 * their ids, then these deliveries; it changes nothing of a delivery that has none, or whose lease is over.
 */
record Settled(Settlement settlement, String transactionId) {
    /** Takes the ids of the deliveries. */
    static final String HELD = """
            held AS MATERIALIZED (
                SELECT id, delivery_id
                FROM pending
                WHERE delivery_id = ANY (?) AND lease_until > clock_timestamp() AND NOT delayed
                ORDER BY id
                FOR UPDATE)""";

    /** The array makes the statement lock all that are held before it looks at a delivery. */
    static final String STILL_LEASED = """
            id = ANY (ARRAY(SELECT delivery_id FROM held)) AND state = 'leased' AND lease_until > clock_timestamp()""";

    static final String SELECT = """
            SELECT id, state, delivered_at, CAST(NULL AS timestamptz) AS lease_until, settled_at, touched, nacked,
                   pg_current_xact_id() AS transaction_id
            FROM settled
            """;

    /** The ids of {@code some} that a delivery has, in its order. */
    static String inOrder(String some) {
        return """
                ARRAY(SELECT m.id FROM unnest(workflow_ids) WITH ORDINALITY AS m (id, place) JOIN %1$s ON %1$s.id = m.id
                      WHERE %1$s.delivery_id = delivery.id ORDER BY m.place)""".formatted(some);
    }

    /** Those whose lease was changed. */
    static List<Settled> read(PreparedStatement statement) throws SQLException {
        List<Settled> settled = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                settled.add(new Settled(settlement(row), row.getString("transaction_id")));
            }
        }
        return settled;
    }

    static Settlement settlement(ResultSet row) throws SQLException {
        return new Settlement(
                Columns.uuid(row, "id"),
                DeliveryRow.state(row, "state"),
                Columns.uuids(row, "touched"),
                row.getObject("nacked") == null ? null : Columns.uuids(row, "nacked"),
                new Settlement.Times(
                        Objects.requireNonNull(Columns.time(row, "delivered_at")),
                        Columns.time(row, "lease_until"),
                        Columns.time(row, "settled_at")));
    }
}
