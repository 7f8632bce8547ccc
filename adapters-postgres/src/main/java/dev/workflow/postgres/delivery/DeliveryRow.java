package dev.workflow.postgres.delivery;

import dev.workflow.domain.Workflow;
import dev.workflow.domain.delivery.Delivery;
import dev.workflow.domain.delivery.DeliveryState;
import dev.workflow.domain.delivery.Form;
import dev.workflow.postgres.workflow.WorkflowRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** A delivery with its workflows as they were when the claim committed. */
final class DeliveryRow {
    /**
     * As it is now: the sweeper may not have come by yet, and does not come by where status changes took all workflows out.
     * A search for one workflow, unlike a question whether there is any, is never answered by way of all that are pending.
     */
    static final String STATE = """
            CASE WHEN d.state = 'leased' AND (
                d.lease_until <= clock_timestamp()
                OR (SELECT p.id FROM pending p
                    WHERE p.delivery_id = d.id AND p.lease_until IS NOT NULL AND NOT p.delayed
                    LIMIT 1) IS NULL)
            THEN 'expired' ELSE d.state END""";

    private DeliveryRow() {}

    /**
     * One statement, so that what moves from the second place to the first is seen in one of them: a delivery without a row
     * of its own gets one when its workflow is put back by hand.
     */
    private static final String FIND = """
            SELECT d.form, d.delivery_state, m.place, w.id, w.source, w.steps,
                   m.version, m.attempts, m.last_error, d.id AS delivery_id,
                   d.lease_expires_at AS lease_until, false AS delayed, CAST(NULL AS timestamptz) AS dead_at,
                   CASE WHEN d.lease IS NULL THEN d.delivered_at END AS consumed_at
            FROM (SELECT d.*, %s AS delivery_state FROM delivery d WHERE d.id = ? LIMIT 1) d
            CROSS JOIN LATERAL unnest(workflow_ids, versions, attempts, last_errors)
                WITH ORDINALITY AS m (id, version, attempts, last_error, place)
            LEFT JOIN LATERAL (
                SELECT * FROM workflow WHERE workflow.id = m.id
                UNION ALL
                SELECT * FROM removed_workflow WHERE removed_workflow.id = m.id
                LIMIT 1) w ON true
            UNION ALL
            SELECT '%s', 'final', 1, %s, %s
            FROM consumed c CROSS JOIN LATERAL (SELECT * FROM workflow WHERE workflow.id = c.id LIMIT 1) w
            WHERE c.delivery_id = ? AND NOT EXISTS (SELECT FROM delivery WHERE delivery.id = ?)
            ORDER BY place
            """.formatted(STATE, Form.PLAIN, WorkflowRow.CONTENT, WorkflowRow.OF_CONSUMED);

    static Optional<Delivery> find(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            for (int i = 1; i <= 3; i++) {
                statement.setObject(i, id);
            }
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? read(row, id) : Optional.empty();
            }
        }
    }

    /** Empty where an earlier version of the service has removed one of its workflows. */
    private static Optional<Delivery> read(ResultSet row, UUID id) throws SQLException {
        String form = row.getString("form");
        DeliveryState state = state(row, "delivery_state");
        List<Workflow> workflows = new ArrayList<>();
        do {
            if (row.getObject("id") == null) {
                return Optional.empty();
            }
            workflows.add(WorkflowRow.read(row));
        } while (row.next());
        return Optional.of(new Delivery(id, form, workflows, state));
    }

    static DeliveryState state(ResultSet row, String column) throws SQLException {
        return DeliveryState.valueOf(row.getString(column).toUpperCase(Locale.ROOT));
    }
}
