package dev.workflow.postgres.key;

import dev.workflow.domain.Keyed;
import dev.workflow.domain.RequestKey;
import dev.workflow.postgres.value.Columns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key that is known, and what its request made.
 *
 * @param deliveryId null when it made none
 */
public record UsedKey(
        String fingerprint,
        List<UUID> workflowIds,
        @Nullable UUID deliveryId) {
    /** Finds out what was answered. */
    @FunctionalInterface
    public interface Replay<O> {
        O read() throws SQLException;
    }

    /** What becomes of another request with the same key. */
    public <O> Keyed<O> decide(RequestKey key, Replay<O> replay) throws SQLException {
        return key.fingerprint().equals(fingerprint) ? new Keyed.Replayed<>(replay.read()) : new Keyed.Reused<>();
    }

    private static final String READ_ALL = """
            SELECT i.owner, i.key, i.fingerprint, i.workflow_ids, i.delivery_id
            FROM unnest(?, ?) AS asked (owner, key)
            CROSS JOIN LATERAL (
                SELECT * FROM idempotency k WHERE k.owner = asked.owner AND k.key = asked.key LIMIT 1) i
            """;

    /** Whoever tried in vain to take keys has locked them: none of them is forgotten meanwhile. */
    static Map<RequestKey.Name, UsedKey> readAll(Connection connection, Set<RequestKey.Name> names)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(READ_ALL)) {
            statement.setObject(1, RequestKeys.texts(names, RequestKey.Name::owner));
            statement.setObject(2, RequestKeys.texts(names, RequestKey.Name::key));
            return readAll(statement);
        }
    }

    private static final String FIND = """
            SELECT owner, key, fingerprint, workflow_ids, delivery_id
            FROM idempotency
            WHERE owner = ? AND key = ? AND expires_at > clock_timestamp()
            """;

    /** Null when there is none. */
    public static @Nullable UsedKey find(Connection connection, RequestKey key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setString(1, key.owner());
            statement.setString(2, key.key());
            return readAll(statement).get(key.name());
        }
    }

    private static Map<RequestKey.Name, UsedKey> readAll(PreparedStatement statement) throws SQLException {
        Map<RequestKey.Name, UsedKey> all = new HashMap<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                all.put(name(row), read(row));
            }
        }
        return all;
    }

    private static UsedKey read(ResultSet row) throws SQLException {
        return new UsedKey(
                row.getString("fingerprint"),
                Columns.uuids(row, "workflow_ids"),
                row.getObject("delivery_id", UUID.class));
    }

    static RequestKey.Name name(ResultSet row) throws SQLException {
        return new RequestKey.Name(row.getString("owner"), row.getString("key"));
    }
}
