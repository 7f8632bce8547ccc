package dev.workflow.postgres.upkeep;

import dev.workflow.domain.StateName;
import dev.workflow.postgres.server.Ending;
import dev.workflow.postgres.value.Intervals;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;

/** Removes for good what has been kept long enough. */
final class Purges {
    private Purges() {}

    /**
     * A consumed workflow stays as long as another one of its newest delivery does, so that what a consumer was given can be
     * given again as a whole.
     */
    private static final String OLD_CONSUMED = """
            old AS MATERIALIZED (
                SELECT c.id, c.delivery_id
                FROM consumed c
                WHERE consumed_at < (SELECT before FROM mark) AND NOT EXISTS (
                    SELECT
                    FROM (SELECT * FROM delivery WHERE delivery.id = c.delivery_id LIMIT 1) d
                    CROSS JOIN LATERAL unnest(d.workflow_ids) AS other (id)
                    WHERE EXISTS (SELECT FROM pending p WHERE p.id = other.id)
                       OR EXISTS (SELECT FROM consumed k
                                  WHERE k.id = other.id AND k.consumed_at >= (SELECT before FROM mark)))
                ORDER BY consumed_at
                LIMIT ?
                FOR UPDATE OF c SKIP LOCKED),
            gone AS (
                DELETE FROM consumed WHERE id = ANY (ARRAY(SELECT id FROM old)) RETURNING id, delivery_id)""";

    private static final String OLD_DEAD = """
            old AS MATERIALIZED (
                SELECT id
                FROM pending
                WHERE dead_at IS NOT NULL AND dead_at < (SELECT before FROM mark)
                ORDER BY id
                LIMIT ?
                FOR UPDATE SKIP LOCKED),
            gone AS (
                DELETE FROM pending WHERE id = ANY (ARRAY(SELECT id FROM old)) RETURNING id, delivery_id)""";

    /**
     * A delivery goes with its first workflow, or with one of which it is the newest; for without one of its workflows it
     * cannot be read. Where it is the newest of another that stays, it stays too: otherwise it would pass for a delivery of
     * that one alone.
     */
    private static String purge(String old) {
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
                SELECT count(*) FROM gone
                """.formatted(old);
    }

    private static final String PURGE_CONSUMED = purge(OLD_CONSUMED);
    private static final String PURGE_DEAD = purge(OLD_DEAD);

    static Ending<Integer> run(Connection connection, StateName state, Duration age, int max) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql(state))) {
            statement.setLong(1, Intervals.micros(age));
            statement.setInt(2, max);
            return Ending.ofCount(statement);
        }
    }

    private static String sql(StateName state) {
        return switch (state) {
            case CONSUMED -> PURGE_CONSUMED;
            case DEAD -> PURGE_DEAD;
            case WAITING, DELAYED, LEASED -> throw new IllegalArgumentException(state + " workflows are not removed.");
        };
    }
}
