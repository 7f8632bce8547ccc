package dev.workflow.postgres.server;

import dev.workflow.domain.Fault;
import io.micronaut.data.connection.ConnectionDefinition;
import io.micronaut.data.connection.ConnectionOperations;
import io.micronaut.data.jdbc.runtime.ConnectionCallback;
import io.micronaut.transaction.TransactionDefinition;
import io.micronaut.transaction.TransactionOperations;
import io.micronaut.transaction.TransactionStatus;
import io.micronaut.transaction.jdbc.DataSourceTransactionManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Runs functions on connections of a pool, each in a transaction of its own, and knows how each transaction ended. */
public final class Transactions {
    private static final TransactionDefinition ITS_OWN =
            TransactionDefinition.of(TransactionDefinition.Propagation.REQUIRES_NEW);

    private final ConnectionOperations<Connection> connections;
    private final TransactionOperations<Connection> transactions;
    private final UnknownCommits unknownCommits;

    public Transactions(DataSource pool, UnknownCommits unknownCommits) {
        PooledConnections pooled = new PooledConnections(pool);
        this.connections = pooled;
        this.transactions = new DataSourceTransactionManager(pool, pooled, pooled);
        this.unknownCommits = unknownCommits;
    }

    /** Runs a single statement that changes nothing. */
    public <R> R read(ConnectionCallback<R> statement) {
        Attempt<R> attempt = new Attempt<>(statement);
        try {
            return alone(attempt);
        } catch (RuntimeException e) {
            SQLException cause = attempt.sqlError();
            throw cause == null ? asFault(e) : unavailable(cause);
        }
    }

    /** What it does is a transaction by itself. */
    private <R> R alone(Attempt<R> attempt) {
        return connections.execute(ConnectionDefinition.REQUIRES_NEW, status -> attempt.run(status.getConnection()));
    }

    /**
     * Commits what {@code work} did.
     *
     * @throws SQLException when the database refused; nothing was done
     * @throws Fault when it was away; tells whether something may have been done
     */
    public <R> R write(ConnectionCallback<Ending<R>> work) throws SQLException {
        Attempt<Ending<R>> attempt = new Attempt<>(work);
        try {
            return transactions
                    .execute(ITS_OWN, status -> runIn(status, attempt))
                    .result();
        } catch (RuntimeException e) {
            Ending<R> ending = attempt.result;
            if (ending != null) {
                return afterFailedCommit(ending, e);
            }
            SQLException cause = attempt.sqlError();
            if (cause != null) {
                throw cause;
            }
            throw asFault(e);
        }
    }

    /**
     * Runs a single statement that commits by itself: one round trip in place of two.
     *
     * @param again says on another connection what may have been done or not, in such a way that afterwards it is done once
     * @throws SQLException when the database refused; nothing was done
     * @throws Fault when it was away; tells whether something may have been done
     */
    public <R> R writeAtOnce(ConnectionCallback<R> statement, ConnectionCallback<R> again) throws SQLException {
        Attempt<R> attempt = new Attempt<>(statement);
        try {
            return alone(attempt);
        } catch (RuntimeException e) {
            SQLException cause = attempt.sqlError();
            if (cause == null) {
                throw asFault(e);
            }
            if (SqlState.isAnswer(cause)) {
                throw cause;
            }
            return unknownCommits.again(again, cause);
        }
    }

    /** The same as {@link #write}, and once more when the database asks for it, as it does of one of two who wait for each other in a circle. */
    public <R> R writeInsistently(ConnectionCallback<Ending<R>> work) throws SQLException {
        try {
            return write(work);
        } catch (SQLException e) {
            if (SqlState.of(e) != SqlState.ASKS_TO_REPEAT) {
                throw e;
            }
            return write(work);
        }
    }

    private static <R> Ending<R> runIn(TransactionStatus<Connection> status, Attempt<Ending<R>> attempt) {
        Ending<R> ending = attempt.run(status.getConnection());
        if (!ending.commits()) {
            status.setRollbackOnly();
        }
        return ending;
    }

    private <R> R afterFailedCommit(Ending<R> ending, RuntimeException e) throws SQLException {
        Ending.Proof proof = ending.proof();
        if (!ending.commits()) {
            return ending.result();
        }
        if (SqlState.isAnswer(e) && e.getCause() instanceof SQLException refusal) {
            throw refusal;
        }
        if (proof == null) {
            throw new Fault.OutcomeUnknown("The database went away in the middle of a commit.", e);
        }
        if (!unknownCommits.wasCommitted(proof, e)) {
            throw Fault.Unavailable.database("The database went away before the end.", e);
        }
        return ending.result();
    }

    /** Runs a question that is answered by yes or no. */
    public static boolean isTrue(PreparedStatement question) throws SQLException {
        try (ResultSet row = question.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static Fault asFault(RuntimeException e) {
        return e instanceof Fault fault ? fault : Fault.Unavailable.database("The database could not do it now.", e);
    }

    public static Fault unavailable(SQLException e) {
        return Fault.Unavailable.database("The database could not do it now (SQLSTATE " + e.getSQLState() + ").", e);
    }

    /**
     * One run of a function, and what really became of it: when a connection breaks, the transaction manager replaces the
     * error by the one of its own rollback.
     */
    private static final class Attempt<R> {
        private final ConnectionCallback<R> function;
        private @Nullable R result;
        private @Nullable Exception failure;

        Attempt(ConnectionCallback<R> function) {
            this.function = function;
        }

        R run(Connection connection) {
            try {
                R value = function.call(connection);
                result = value;
                return value;
            } catch (SQLException e) {
                failure = e;
                throw Fault.Unavailable.database("The database could not do it now.", e);
            } catch (RuntimeException e) {
                failure = e;
                throw e;
            }
        }

        /** The database's error, if there was one. Throws what the function itself threw. */
        @Nullable SQLException sqlError() {
            if (failure instanceof RuntimeException own) {
                throw own;
            }
            return failure instanceof SQLException error ? error : null;
        }
    }
}
