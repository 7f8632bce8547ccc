package dev.workflow.postgres.upkeep;

import dev.workflow.postgres.server.Transactions;
import dev.workflow.postgres.value.Columns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Counts everything, for as long as it takes, in statements that are short: a slice of a table each. The slices are not of one
 * moment, and need not be.
 */
final class Recount {
    private static final int SLICE = 100_000;

    /** Any number that nothing else in the database locks. */
    private static final long LOCK = 0x776F726B666C6F03L;

    private static final UUID FIRST = new UUID(0, 0);
    private static final UUID LAST = new UUID(-1, -1);

    private final Transactions background;

    Recount(Transactions background) {
        this.background = background;
    }

    /** By one replica at a time, and not again at once. */
    void run() {
        background.read(connection -> {
            if (is(connection, "SELECT pg_try_advisory_lock(" + LOCK + ")")) {
                try {
                    count(connection);
                } finally {
                    is(connection, "SELECT pg_advisory_unlock(" + LOCK + ")");
                }
            }
            return true;
        });
    }

    private static boolean is(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            return Transactions.isTrue(statement);
        }
    }

    private static final String IS_DUE = """
            SELECT NOT EXISTS (SELECT FROM tally WHERE counted_at > clock_timestamp() - interval '30 seconds')
            """;

    private static void count(Connection connection) throws SQLException {
        if (is(connection, IS_DUE)) {
            Map<String, Long> counts = new LinkedHashMap<>();
            addConsumed(connection, counts);
            addPending(connection, counts);
            addRow(connection, OF_OUTBOX, counts);
            for (Map.Entry<String, Long> each : counts.entrySet()) {
                keep(connection, each.getKey(), each.getValue());
            }
        }
    }

    private static final String REST_OF_CONSUMED = "SELECT count(*) AS consumed FROM consumed WHERE id >= ?";

    /** A slice that another one follows is full. */
    private static void addConsumed(Connection connection, Map<String, Long> counts) throws SQLException {
        UUID from = FIRST;
        for (UUID next = next(connection, "consumed", from); next != null; next = next(connection, "consumed", from)) {
            counts.merge("consumed", (long) SLICE, Long::sum);
            from = next;
        }
        addRow(connection, REST_OF_CONSUMED, counts, from);
    }

    private static final String OF_PENDING = """
            SELECT count(*) FILTER (WHERE lease_until IS NULL AND dead_at IS NULL) AS waiting,
                   count(*) FILTER (WHERE delayed) AS delayed,
                   count(*) FILTER (WHERE lease_until IS NOT NULL AND NOT delayed) AS leased,
                   count(*) FILTER (WHERE dead_at IS NOT NULL) AS dead
            FROM pending
            WHERE id >= ? AND id < ?
            """;

    private static void addPending(Connection connection, Map<String, Long> counts) throws SQLException {
        UUID from = FIRST;
        while (from != null) {
            UUID next = next(connection, "pending", from);
            addRow(connection, OF_PENDING, counts, from, next == null ? LAST : next);
            from = next;
        }
    }

    private static final String OF_OUTBOX = """
            SELECT coalesce(sum(size), 0) AS outbox
            FROM (SELECT cardinality(workflow_ids) AS size FROM outbox ORDER BY seq) AS sizes
            """;

    /** Where the slice after this one begins; null: nowhere. */
    private static @Nullable UUID next(Connection connection, String table, UUID from) throws SQLException {
        String sql = "SELECT id FROM " + table + " WHERE id >= ? ORDER BY id OFFSET " + SLICE + " LIMIT 1";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, from);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Columns.uuid(row, "id") : null;
            }
        }
    }

    private static void addRow(Connection connection, String sql, Map<String, Long> counts, UUID... bounds)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < bounds.length; i++) {
                statement.setObject(i + 1, bounds[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    counts.merge(row.getMetaData().getColumnName(i), row.getLong(i), Long::sum);
                }
            }
        }
    }

    private static final String KEEP = """
            INSERT INTO tally (name, count, counted_at)
            VALUES (?, ?, clock_timestamp())
            ON CONFLICT (name) DO UPDATE SET count = excluded.count, counted_at = excluded.counted_at
            """;

    private static void keep(Connection connection, String name, long count) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(KEEP)) {
            statement.setString(1, name);
            statement.setLong(2, count);
            statement.executeUpdate();
        }
    }
}
