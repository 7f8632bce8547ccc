package dev.workflow.postgres.delivery;

import dev.workflow.postgres.value.BinaryArray;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** Consumes for good what deliveries still have on their leases. */
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
                WHERE id = ANY (ARRAY(SELECT held.id FROM held JOIN settled ON settled.id = held.delivery_id))
                RETURNING id, version, delivery_id, attempts, last_error),
            done AS (
                INSERT INTO consumed (id, version, consumed_at, delivery_id, attempts, last_error)
                SELECT t.id, t.version + 1, s.settled_at, t.delivery_id, t.attempts, t.last_error
                FROM taken t JOIN settled s ON s.id = t.delivery_id)
            %s""".formatted(Settled.HELD, Settled.inOrder("held"), Settled.STILL_LEASED, Settled.SELECT);

    static List<Settled> make(Connection connection, List<UUID> ids) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ACKNOWLEDGE)) {
            statement.setObject(1, BinaryArray.ofUuids(ids));
            return Settled.read(statement);
        }
    }
}
