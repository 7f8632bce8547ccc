package dev.workflow.postgres;

import dev.workflow.postgres.server.CannotOpenStore;
import dev.workflow.postgres.server.Connector;
import dev.workflow.postgres.server.ServerCheck;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Says that the queue of this database is in the memory of this instance. Another instance would have a queue of its own, and
 * the two would not know of one another's workflows. The server holds it for as long as the connection lasts.
 */
public final class QueueOwnership implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration SILENCE = Duration.ofSeconds(5);
    private static final long LOCK = 0x776F726B666C6F02L;

    private static final System.Logger LOG = System.getLogger(QueueOwnership.class.getName());

    private final Connector connector;
    private Connection connection;
    private boolean ours = true;

    private QueueOwnership(Connector connector) throws SQLException {
        this.connector = connector;
        this.connection = connector.open(SILENCE);
    }

    /** Waits a moment for an instance that is just ending. */
    static QueueOwnership acquire(Connector connector) {
        try {
            QueueOwnership ownership = new QueueOwnership(connector);
            if (ownership.lock(PATIENCE)) {
                return ownership;
            }
            ownership.close();
        } catch (SQLException e) {
            throw ServerCheck.refused(connector.url(), e);
        }
        throw new CannotOpenStore("Another instance uses the database at "
                + connector.url().place()
                + " with a queue in its memory: stop it, or set RABBITMQ_URI for both.");
    }

    /**
     * Takes it again where the connection was lost, as after a restart of the server.
     *
     * @return false when it is not ours at the moment
     */
    public synchronized boolean keep() {
        boolean now = retake();
        if (now != ours) {
            ours = now;
            LOG.log(
                    now ? System.Logger.Level.INFO : System.Logger.Level.WARNING,
                    now
                            ? "The queue of this instance is its own again."
                            : "The queue of this instance is not its own at the moment.");
        }
        return now;
    }

    private boolean retake() {
        try {
            if (!connection.isValid(1)) {
                connection.close();
                connection = connector.open(SILENCE);
            }
            return lock(Duration.ZERO);
        } catch (SQLException e) {
            return false;
        }
    }

    private boolean lock(Duration patience) throws SQLException {
        long deadline = System.nanoTime() + patience.toNanos();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT " + Connector.NOTICE_A_LOST_HOST);
            while (!isLocked(statement)) {
                if (System.nanoTime() - deadline > 0) {
                    return false;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
            return true;
        }
    }

    /** Whoever has it gets it again. */
    private static boolean isLocked(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT pg_try_advisory_lock(" + LOCK + ")")) {
            return row.next() && row.getBoolean(1);
        }
    }

    /** The server gives it back with the connection. */
    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.DEBUG, "The connection was already broken.", e);
        }
    }
}
