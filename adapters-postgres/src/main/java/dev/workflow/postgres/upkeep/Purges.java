package dev.workflow.postgres.upkeep;

import dev.workflow.domain.StateName;
import dev.workflow.postgres.server.Ending;
import dev.workflow.postgres.value.Columns;
import dev.workflow.postgres.value.Intervals;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Removes for good what has been kept long enough. */
final class Purges {
    /** Up to where consumed workflows have been looked at. */
    private record Place(OffsetDateTime consumedAt, UUID id) {}

    private static final Place BEGINNING = new Place(Intervals.utc(Instant.EPOCH), new UUID(0, 0));

    /** Those who stay are passed over once for all others, however many they are. */
    private volatile Place seen = BEGINNING;

    /**
     * A consumed workflow stays as long as another one of its newest delivery does, so that what a consumer was given can be
     * given again as a whole. Each delivery is asked about once, for all of its workflows: there may be a thousand.
     */
    private static final String OLD_CONSUMED = """
            seen AS MATERIALIZED (
                SELECT id, delivery_id, consumed_at
                FROM consumed
                WHERE consumed_at < (SELECT before FROM mark) AND consumed_at >= ? AND (consumed_at, id) > (?, ?)
                ORDER BY consumed_at, id
                LIMIT ?),
            staying AS MATERIALIZED (
                SELECT d.id
                FROM (SELECT DISTINCT delivery_id FROM seen) AS asked
                CROSS JOIN LATERAL (SELECT * FROM delivery WHERE delivery.id = asked.delivery_id LIMIT 1) d
                WHERE EXISTS (
                    SELECT FROM unnest(d.workflow_ids) AS other (id)
                    WHERE (SELECT p.id FROM pending p WHERE p.id = other.id LIMIT 1) IS NOT NULL
                       OR (SELECT k.consumed_at FROM consumed k WHERE k.id = other.id LIMIT 1)
                          >= (SELECT before FROM mark))),
            old AS MATERIALIZED (
                SELECT id, delivery_id
                FROM consumed
                WHERE id = ANY (ARRAY(
                    SELECT id FROM seen WHERE delivery_id IS NULL OR delivery_id NOT IN (SELECT id FROM staying)))
                FOR UPDATE SKIP LOCKED),
            gone AS (
                DELETE FROM consumed WHERE id = ANY (ARRAY(SELECT id FROM old)) RETURNING id, delivery_id)""";

    private static final String OLD_DEAD = """
            old AS MATERIALIZED (
                SELECT id
                FROM pending
                WHERE dead_at IS NOT NULL AND dead_at < (SELECT before FROM mark)
                ORDER BY dead_at
                LIMIT ?
                FOR UPDATE SKIP LOCKED),
            gone AS (
                DELETE FROM pending WHERE id = ANY (ARRAY(SELECT id FROM old)) RETURNING id, delivery_id)""";

    /**
     * A delivery goes with its first workflow, or with one of which it is the newest; for without one of its workflows it
     * cannot be read. Where it is the newest of another that stays, it stays too: otherwise it would pass for a delivery of
     * that one alone.
     */
    private static String purge(String old, String told) {
        return """
                WITH mark AS MATERIALIZED (
                    SELECT clock_timestamp() - ? * interval '1 microsecond' AS before),
                %s,
                removed AS (
                    DELETE FROM workflow WHERE id = ANY (ARRAY(SELECT id FROM gone))),
                void AS MATERIALIZED (
                    SELECT id FROM delivery WHERE workflow_ids[1] = ANY (ARRAY(SELECT id FROM gone))
                    UNION
                    SELECT delivery_id FROM gone WHERE delivery_id IS NOT NULL),
                unread AS (
                    DELETE FROM delivery
                    WHERE id = ANY (ARRAY(
                        SELECT void.id FROM void
                        WHERE NOT EXISTS (SELECT FROM consumed c
                                          WHERE c.delivery_id = void.id AND c.id <> ALL (ARRAY(SELECT id FROM gone)))
                          AND NOT EXISTS (SELECT FROM pending p
                                          WHERE p.delivery_id = void.id AND p.id <> ALL (ARRAY(SELECT id FROM gone)))
                        ORDER BY id)))
                %s
                """.formatted(old, told);
    }

    private static final String PURGE_CONSUMED = purge(OLD_CONSUMED, """
            SELECT (SELECT count(*) FROM gone) AS gone, seen.count AS seen, last.consumed_at, last.id
            FROM (SELECT count(*) FROM seen) AS seen
            LEFT JOIN (SELECT consumed_at, id FROM seen ORDER BY consumed_at DESC, id DESC LIMIT 1) AS last ON true""");

    private static final String PURGE_DEAD = purge(OLD_DEAD, "SELECT count(*) FROM gone");

    Ending<Integer> run(Connection connection, StateName state, Duration age, int max) throws SQLException {
        return switch (state) {
            case CONSUMED -> consumed(connection, age, max);
            case DEAD -> dead(connection, age, max);
            case WAITING, DELAYED, LEASED -> throw new IllegalArgumentException(state + " workflows are not removed.");
        };
    }

    private Ending<Integer> consumed(Connection connection, Duration age, int max) throws SQLException {
        Place start = seen;
        try (PreparedStatement statement = connection.prepareStatement(PURGE_CONSUMED)) {
            statement.setLong(1, Intervals.micros(age));
            statement.setObject(2, start.consumedAt());
            statement.setObject(3, start.consumedAt());
            statement.setObject(4, start.id());
            statement.setInt(5, max);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                seen = row.getInt("seen") < max ? BEGINNING : place(row);
                int gone = row.getInt("gone");
                return gone == 0 ? Ending.nothingDone(0) : Ending.done(gone);
            }
        }
    }

    private static Place place(ResultSet row) throws SQLException {
        return new Place(row.getObject("consumed_at", OffsetDateTime.class), Columns.uuid(row, "id"));
    }

    private static Ending<Integer> dead(Connection connection, Duration age, int max) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PURGE_DEAD)) {
            statement.setLong(1, Intervals.micros(age));
            statement.setInt(2, max);
            return Ending.ofCount(statement);
        }
    }
}
