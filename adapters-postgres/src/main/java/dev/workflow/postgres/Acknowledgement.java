package dev.workflow.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** Consumes for good what a delivery still has on its lease. */
final class Acknowledgement {
    private Acknowledgement() {}

    private static final String ACKNOWLEDGE =
            """
            WITH %s,
            settled AS (
                UPDATE delivery
                SET state = 'acked', settled_at = clock_timestamp(), touched = %s
                WHERE %s
                RETURNING *),
            taken AS (
                DELETE FROM pending
                WHERE id = ANY (ARRAY(SELECT held.id FROM held CROSS JOIN settled))
                RETURNING id, version, delivery_id, attempts, last_error),
            done AS (
                INSERT INTO consumed (id, version, consumed_at, delivery_id, attempts, last_error)
                SELECT id, version + 1, (SELECT settled_at FROM settled), delivery_id, attempts, last_error FROM taken)
            %s""".formatted(Settled.HELD, Settled.inOrder("held"), Settled.STILL_LEASED, Settled.SELECT);

    static Optional<Settled> make(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ACKNOWLEDGE)) {
            statement.setObject(1, id);
            statement.setObject(2, id);
            return Settled.read(statement);
        }
    }
}
