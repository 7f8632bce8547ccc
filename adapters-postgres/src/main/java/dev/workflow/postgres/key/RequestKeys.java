package dev.workflow.postgres.key;

import dev.workflow.domain.RequestKey;
import dev.workflow.postgres.server.Pool;
import dev.workflow.postgres.value.BinaryArray;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keys of requests. Whoever wants to act under a key takes it first in its transaction: the effect and the key commit
 * together, or neither does.
 */
public final class RequestKeys {
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /** One order for all: then nobody who has a key waits for one who waits for that key. */
    private static final Comparator<Taking> IN_ORDER = Comparator.comparing(
                    (Taking each) -> each.key().owner())
            .thenComparing(each -> each.key().key());

    private final Duration last;

    public RequestKeys(Duration last) {
        this.last = last;
    }

    /** A key, and what its request will have made. */
    public record Taking(
            RequestKey key,
            List<UUID> workflowIds,
            @Nullable UUID deliveryId) {
        public Taking(RequestKey key) {
            this(key, List.of(), null);
        }
    }

    /**
     * Takes keys, all of them different.
     *
     * @return what became of those that were used before; all others are taken now
     * @throws BlockedKey when one of them is being used at this moment
     */
    public Map<RequestKey.Name, UsedKey> take(Connection connection, List<Taking> takings, Duration patience)
            throws SQLException {
        if (takings.isEmpty()) {
            return Map.of();
        }
        List<Taking> sorted = takings.stream().sorted(IN_ORDER).toList();
        boolean hasty = patience.compareTo(Pool.WAIT_FOR_LOCK) < 0;
        if (hasty) {
            waitForLocks(connection, patience);
        }
        Set<RequestKey.Name> taken = insert(connection, sorted);
        if (hasty) {
            waitForLocks(connection, Pool.WAIT_FOR_LOCK);
        }
        Set<RequestKey.Name> others = sorted.stream()
                .map(each -> each.key().name())
                .filter(each -> !taken.contains(each))
                .collect(Collectors.toSet());
        return others.isEmpty() ? Map.of() : UsedKey.readAll(connection, others);
    }

    private static void waitForLocks(Connection connection, Duration patience) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT set_config('lock_timeout', ?, true)")) {
            statement.setString(1, Long.toString(patience.toMillis()));
            statement.execute();
        }
    }

    /** Waits for those who took a key before and are still under way. A key that is over is as good as none. */
    private static final String TAKE = """
            INSERT INTO idempotency AS known (owner, key, fingerprint, expires_at, workflow_ids, delivery_id)
            SELECT owner, key, fingerprint, clock_timestamp() + ? * interval '1 millisecond',
                   CAST(workflow_ids AS uuid[]), delivery_id
            FROM unnest(?, ?, ?, ?, ?) AS batch (owner, key, fingerprint, workflow_ids, delivery_id)
            ON CONFLICT (owner, key) DO UPDATE
                SET fingerprint = excluded.fingerprint, expires_at = excluded.expires_at,
                    workflow_ids = excluded.workflow_ids, delivery_id = excluded.delivery_id, answer = NULL
                WHERE known.expires_at <= clock_timestamp()
            RETURNING owner, key
            """;

    private Set<RequestKey.Name> insert(Connection connection, List<Taking> takings) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
            statement.setLong(1, last.toMillis());
            statement.setObject(2, texts(takings, each -> each.key().owner()));
            statement.setObject(3, texts(takings, each -> each.key().key()));
            statement.setObject(4, texts(takings, each -> each.key().fingerprint()));
            statement.setObject(5, texts(takings, each -> literal(each.workflowIds())));
            statement.setArray(6, deliveryIds(connection, takings));
            Set<RequestKey.Name> taken = new HashSet<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    taken.add(UsedKey.name(row));
                }
            }
            return taken;
        } catch (SQLException e) {
            throw LOCK_NOT_AVAILABLE.equals(e.getSQLState()) ? new BlockedKey(e) : e;
        }
    }

    private static Array deliveryIds(Connection connection, List<Taking> takings) throws SQLException {
        return connection.createArrayOf(
                "uuid", takings.stream().map(Taking::deliveryId).toArray());
    }

    private static String literal(List<UUID> ids) {
        return ids.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
    }

    static <T> BinaryArray texts(Collection<T> all, Function<T, String> text) {
        return BinaryArray.ofTexts(all.stream()
                .map(each -> text.apply(each).getBytes(StandardCharsets.UTF_8))
                .toList());
    }

    private static final String RELEASE = """
            DELETE FROM idempotency
            WHERE owner = ANY (?) AND key = ANY (?) AND delivery_id = ANY (?)
            """;

    /** Frees the keys of claims that came to nothing. */
    public static void release(Connection connection, List<Taking> takings) throws SQLException {
        if (takings.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(RELEASE)) {
            statement.setObject(1, texts(takings, each -> each.key().owner()));
            statement.setObject(2, texts(takings, each -> each.key().key()));
            statement.setArray(3, deliveryIds(connection, takings));
            statement.executeUpdate();
        }
    }
}
