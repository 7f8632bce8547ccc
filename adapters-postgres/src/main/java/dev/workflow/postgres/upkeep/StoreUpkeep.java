package dev.workflow.postgres.upkeep;

import dev.workflow.domain.StateName;
import dev.workflow.domain.port.Upkeep;
import dev.workflow.postgres.server.Ending;
import dev.workflow.postgres.server.Transactions;
import dev.workflow.postgres.value.Intervals;
import io.micronaut.data.jdbc.runtime.ConnectionCallback;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Work on the whole of the store, beside the requests. */
public final class StoreUpkeep implements Upkeep {
    private final Transactions background;
    private final int maxAttempts;

    public StoreUpkeep(Transactions background, int maxAttempts) {
        this.background = background;
        this.maxAttempts = maxAttempts;
    }

    @Override
    public Instant now() {
        return time("""
                SELECT greatest(
                    clock_timestamp(),
                    (SELECT max(queued_at) FROM pending WHERE lease_until IS NULL AND dead_at IS NULL) + interval '1 microsecond')
                """);
    }

    @Override
    public Instant publishedBefore() {
        return time("SELECT coalesce((SELECT queued_at FROM outbox ORDER BY seq LIMIT 1), clock_timestamp())");
    }

    private Instant time(String sql) {
        return background.read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql);
                    ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getObject(1, OffsetDateTime.class).toInstant();
            }
        });
    }

    /**
     * Replicas that refill a queue at once do so in turns, so that the oldest come first also then. Without more memory the server
     * would go through all of the outbox for each row, where a hash of it is larger than 8 MB. Both end with the transaction.
     */
    private static final String REQUEUE_IN_TURN = """
            SELECT pg_advisory_xact_lock(%d), set_config('work_mem', '64MB', true)
            """.formatted(0x776F726B666C6F04L);

    /**
     * Rows that a request is at work on are left to it, and are no longer lost when it is done. What has been queued
     * again is younger than before, so that no pass finds it twice. An entry of the outbox is as old as the row it is for.
     */
    private static final String REQUEUE = """
            WITH lost AS MATERIALIZED (
                SELECT id
                FROM pending
                WHERE lease_until IS NULL AND dead_at IS NULL AND queued_at < ?
                  AND id NOT IN (SELECT unnest(workflow_ids) FROM outbox WHERE queued_at < ?)
                ORDER BY queued_at, id
                LIMIT ?
                FOR UPDATE SKIP LOCKED),
            queued AS (
                UPDATE pending
                SET queued_at = greatest(statement_timestamp(), ?), waiting_since = coalesce(waiting_since, queued_at)
                WHERE id = ANY (ARRAY(SELECT id FROM lost))
                  AND coalesce(lease_until, dead_at) IS NULL AND queued_at < ?
                RETURNING id, queued_at),
            on_its_way AS (
                INSERT INTO outbox (workflow_ids, queued_at)
                SELECT array_agg(id ORDER BY array_position(ARRAY(SELECT id FROM lost), id)), min(queued_at)
                FROM queued
                HAVING count(*) > 0)
            SELECT count(*) FROM queued
            """;

    @Override
    public int requeue(Instant queuedBefore, int max) {
        return changed(connection -> requeue(connection, queuedBefore, max));
    }

    private static Ending<Integer> requeue(Connection connection, Instant queuedBefore, int max) throws SQLException {
        try (PreparedStatement turn = connection.prepareStatement(REQUEUE_IN_TURN);
                PreparedStatement statement = connection.prepareStatement(REQUEUE)) {
            turn.execute();
            OffsetDateTime before = Intervals.utc(queuedBefore);
            statement.setObject(1, before);
            statement.setObject(2, before);
            statement.setInt(3, max);
            statement.setObject(4, before);
            statement.setObject(5, before);
            return Ending.ofCount(statement);
        }
    }

    @Override
    public int expire(int max) {
        return changed(connection -> Sweep.run(connection, max, maxAttempts));
    }

    @Override
    public int purge(StateName state, Duration age, int max) {
        return changed(connection -> Purges.run(connection, state, age, max));
    }

    /** Rows are found by the place where they lie, which stays the same while they are locked. */
    private static final String FORGET = """
            WITH forgotten AS (
                DELETE FROM idempotency
                WHERE ctid = ANY (ARRAY(
                    SELECT ctid
                    FROM idempotency
                    WHERE expires_at <= (SELECT clock_timestamp())
                    ORDER BY expires_at
                    LIMIT ?
                    FOR UPDATE SKIP LOCKED))
                RETURNING 1)
            SELECT count(*) FROM forgotten
            """;

    @Override
    public int forgetKeys(int max) {
        return changed(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
                statement.setInt(1, max);
                return Ending.ofCount(statement);
            }
        });
    }

    /** That a COMMIT is lost on the way matters to nobody: the next pass finds what is left. */
    private int changed(ConnectionCallback<Ending<Integer>> statement) {
        try {
            return background.write(statement);
        } catch (SQLException e) {
            throw Transactions.unavailable(e);
        }
    }
}
