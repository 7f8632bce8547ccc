package dev.workflow.postgres.server;

import dev.workflow.domain.Fault;
import io.micronaut.data.jdbc.runtime.ConnectionCallback;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Finds out what became of a transaction whose connection broke at its COMMIT. */
public final class UnknownCommits {
    private static final System.Logger LOG = System.getLogger(UnknownCommits.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration SILENCE = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Connector connector;

    public UnknownCommits(Connector connector) {
        this.connector = connector;
    }

    /**
     * Asks on new connections until one answers.
     *
     * @throws Fault.OutcomeUnknown when none did
     */
    boolean wasCommitted(Ending.Proof proof, Throwable cause) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        do {
            switch (ask(proof)) {
                case DONE -> {
                    LOG.log(System.Logger.Level.WARNING, "A connection broke at a commit, which was done.");
                    return true;
                }
                case NOT_DONE -> {
                    LOG.log(System.Logger.Level.WARNING, "A connection broke at a commit, which was not done.");
                    return false;
                }
                case UNKNOWN -> LockSupport.parkNanos(PAUSE.toNanos());
            }
        } while (System.nanoTime() - deadline < 0);
        throw new Fault.OutcomeUnknown("The database went away in the middle of a commit.", cause);
    }

    /**
     * Says something again on new connections until one answers.
     *
     * @throws SQLException when the database refused; it was not done before either
     * @throws Fault.OutcomeUnknown when none did
     */
    <R> R again(ConnectionCallback<R> statement, SQLException cause) throws SQLException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        do {
            try (Connection connection = open()) {
                R result = statement.call(connection);
                secure(connection);
                LOG.log(System.Logger.Level.WARNING, "A connection broke at a commit, which is done.");
                return result;
            } catch (SQLException e) {
                if (SqlState.isAnswer(e) && SqlState.of(e) == SqlState.BLAMES_A_MEMBER) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        } while (System.nanoTime() - deadline < 0);
        throw new Fault.OutcomeUnknown("The database went away in the middle of a commit.", cause);
    }

    private Connection open() throws SQLException {
        Connection connection = connector.open(SILENCE);
        try {
            Pool.REQUESTS.begin(connection);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private Answer ask(Ending.Proof proof) {
        try (Connection connection = open()) {
            return switch (status(connection, proof.transactionId())) {
                case "committed" -> proof.trace().call(connection) ? secure(connection) : Answer.UNKNOWN;
                case "aborted" -> Answer.NOT_DONE;
                case "in progress" -> endBackend(connection, proof.transactionId());
                default -> Answer.UNKNOWN;
            };
        } catch (SQLException e) {
            return Answer.UNKNOWN;
        }
    }

    /**
     * What was found may have been written by this server and not yet by a standby that commits wait for, such as after a crash in
     * that wait. Whoever only reads does not wait for it; this writes, so that it does.
     */
    private static Answer secure(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT pg_logical_emit_message(true, 'workflow', '')")) {
            statement.execute();
        }
        return Answer.DONE;
    }

    private static String status(Connection connection, String transactionId) throws SQLException {
        String sql = "SELECT pg_xact_status(CAST(? AS xid8))";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, transactionId);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? String.valueOf(row.getString(1)) : "";
            }
        }
    }

    /**
     * The server has not noticed yet that the connection is gone, or is still writing. Ending the backend decides it either
     * way: a COMMIT that has come is finished, one that has not will never come. One that waits for a standby is left to wait:
     * ended, it would count as done, and be lost with this server.
     */
    private static Answer endBackend(Connection connection, String transactionId) throws SQLException {
        String sql = """
                SELECT count(pg_terminate_backend(pid))
                FROM pg_stat_activity
                WHERE backend_xid = CAST(CAST(? AS xid8) AS xid) AND datname = current_database()
                  AND wait_event IS DISTINCT FROM 'SyncRep'
                """;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, transactionId);
            statement.execute();
        }
        return Answer.UNKNOWN;
    }

    private enum Answer {
        DONE,
        NOT_DONE,
        UNKNOWN
    }
}
