package dev.workflow.postgres.upkeep;

import dev.workflow.domain.Counts;
import dev.workflow.domain.StateName;
import dev.workflow.domain.port.Statistics;
import dev.workflow.postgres.server.Transactions;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts what can be counted at once, and remembers the rest. */
public final class Tally implements Statistics {
    static final int EXACT_UP_TO = 100_000;

    private final Transactions requests;
    private final Recount recount;

    public Tally(Transactions requests, Transactions background) {
        this.requests = requests;
        this.recount = new Recount(background);
    }

    /** So many cannot have become few since they were counted, so that it is not worth the time to make sure. */
    private static final String VERY_MANY =
            "count >= 1000000 AND counted_at > clock_timestamp() - interval '60 seconds'";

    private static String counted(String name, String from) {
        return counted(name, "1", from);
    }

    private static String counted(String name, String size, String from) {
        return """
                coalesce((SELECT count FROM tally WHERE name = '%s' AND %s),
                         (SELECT sum(size) FROM (SELECT %s AS size FROM %s LIMIT %s) AS first),
                         0) AS %s,
                (SELECT count FROM tally WHERE name = '%s') AS %s_before""".formatted(name, VERY_MANY, size, from, EXACT_UP_TO + 1, name, name, name);
    }

    /** All of one moment. Each count goes along an index and stops where it need not be exact any more. */
    private static final String COUNT = """
            SELECT %s, %s, %s, %s, %s, %s,
                   extract(epoch FROM clock_timestamp() - least(
                       (SELECT min(queued_at) FROM pending WHERE lease_until IS NULL AND dead_at IS NULL),
                       (SELECT min(waiting_since) FROM pending
                        WHERE waiting_since IS NOT NULL AND lease_until IS NULL AND dead_at IS NULL)
                   )) * 1000000 AS oldest
            """.formatted(
                    counted("waiting", "pending WHERE lease_until IS NULL AND dead_at IS NULL"),
                    counted("delayed", "pending WHERE lease_until IS NOT NULL AND delayed"),
                    counted("leased", "pending WHERE lease_until IS NOT NULL AND NOT delayed"),
                    counted("dead", "pending WHERE dead_at IS NOT NULL"),
                    counted("consumed", "consumed"),
                    counted("outbox", "cardinality(workflow_ids)", "outbox ORDER BY seq"));

    @Override
    public Counts counts() {
        return requests.read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(COUNT);
                    ResultSet row = statement.executeQuery()) {
                row.next();
                return read(row);
            }
        });
    }

    private static Counts read(ResultSet row) throws SQLException {
        Map<StateName, Long> byState = new EnumMap<>(StateName.class);
        for (StateName state : StateName.values()) {
            byState.put(state, count(row, state.name().toLowerCase(Locale.ROOT)));
        }
        return new Counts(byState, count(row, "outbox"), oldest(row));
    }

    /** What was counted before may be long past; but there are as many as were seen now. */
    private static long count(ResultSet row, String name) throws SQLException {
        long count = row.getLong(name);
        return count <= EXACT_UP_TO ? count : Math.max(count, row.getLong(name + "_before"));
    }

    /** Not less than nothing, also where the clock was set back. */
    private static @Nullable Duration oldest(ResultSet row) throws SQLException {
        long micros = Math.max(0, row.getLong("oldest"));
        return row.wasNull() ? null : Duration.ofSeconds(micros / 1_000_000, micros % 1_000_000 * 1000);
    }

    private static final String ANY_WAITING =
            "SELECT EXISTS (SELECT FROM pending WHERE lease_until IS NULL AND dead_at IS NULL)";

    @Override
    public boolean anyWaiting() {
        return requests.read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(ANY_WAITING)) {
                return Transactions.isTrue(statement);
            }
        });
    }

    @Override
    public void recount() {
        recount.run();
    }
}
