package dev.workflow.postgres;

import dev.workflow.domain.ChangeOutcome;
import dev.workflow.domain.Fault;
import dev.workflow.domain.Status;
import dev.workflow.domain.StatusChange;
import dev.workflow.domain.Workflow;
import io.micronaut.data.jdbc.runtime.ConnectionCallback;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Changes of a status that a client asks for. */
final class StatusChanges {
    /** How often a change is tried that comes to nothing because another one is made at the same moment. */
    private static final int TRIES = 50;

    private final Transactions transactions;
    private final Function<UUID, Optional<Workflow>> find;

    StatusChanges(Transactions transactions, Function<UUID, Optional<Workflow>> find) {
        this.transactions = transactions;
        this.find = find;
    }

    /**
     * Takes a workflow out of the queue, out of the dead letters and out of its lease. Its message, if there is one, will be
     * seen to be void.
     */
    private static final String CONSUME = """
            WITH taken AS (
                DELETE FROM pending
                WHERE id = ? AND (CAST(? AS bigint[]) IS NULL OR version = ANY (?))
                RETURNING id, version, delivery_id, attempts, last_error),
            done AS (
                INSERT INTO consumed (id, version, consumed_at, delivery_id, attempts, last_error)
                SELECT id, version + 1, clock_timestamp(), delivery_id, attempts, last_error FROM taken
                RETURNING *)
            SELECT %s, %s, pg_current_xact_id() AS transaction_id
            FROM done c CROSS JOIN LATERAL (SELECT * FROM workflow WHERE workflow.id = c.id LIMIT 1) w
            """.formatted(WorkflowRow.CONTENT, WorkflowRow.OF_CONSUMED);

    /** Puts a consumed workflow at the back of the queue, its attempts forgotten. */
    private static final String INSERT_AGAIN = """
            WITH taken AS (
                DELETE FROM consumed
                WHERE id = ? AND (CAST(? AS bigint[]) IS NULL OR version = ANY (?))
                RETURNING id, version, delivery_id, last_error),
            queued AS (
                INSERT INTO pending (id, version, queued_at, delivery_id, last_error)
                SELECT id, version + 1, statement_timestamp(), delivery_id, last_error FROM taken
                RETURNING *),
            on_its_way AS (
                INSERT INTO outbox (workflow_id, queued_at)
                SELECT id, queued_at FROM queued)
            SELECT %s, %s, pg_current_xact_id() AS transaction_id
            FROM queued p CROSS JOIN LATERAL (SELECT * FROM workflow WHERE workflow.id = p.id LIMIT 1) w
            """.formatted(WorkflowRow.CONTENT, WorkflowRow.OF_PENDING);

    ChangeOutcome make(StatusChange change) {
        for (int i = 0; i < TRIES; i++) {
            Optional<ChangeOutcome> outcome =
                    changed(change).<ChangeOutcome>map(ChangeOutcome.Done::new).or(() -> whyNot(change));
            if (outcome.isPresent()) {
                return outcome.get();
            }
        }
        throw new Fault.Unavailable("Others change this workflow all the time.");
    }

    /** Empty when it is to be tried again: what kept the change from being made is gone. */
    private Optional<ChangeOutcome> whyNot(StatusChange change) {
        Optional<Workflow> found = find.apply(change.id());
        if (found.isEmpty()) {
            return Optional.of(new ChangeOutcome.UnknownWorkflow());
        }
        Workflow workflow = found.get();
        Set<Long> versions = change.onlyVersions();
        if (versions != null && !versions.contains(workflow.history().version())) {
            return Optional.of(new ChangeOutcome.PreconditionFailed());
        }
        return workflow.state().status() == change.to()
                ? Optional.of(new ChangeOutcome.Done(workflow))
                : Optional.empty();
    }

    private Optional<Workflow> changed(StatusChange change) {
        try {
            return transactions.write(connection -> change(connection, change));
        } catch (SQLException e) {
            throw Transactions.unavailable(e);
        }
    }

    private static Ending<Optional<Workflow>> change(Connection connection, StatusChange change) throws SQLException {
        Array versions = array(connection, change.onlyVersions());
        try (PreparedStatement statement =
                connection.prepareStatement(change.to() == Status.CONSUMED ? CONSUME : INSERT_AGAIN)) {
            statement.setObject(1, change.id());
            statement.setArray(2, versions);
            statement.setArray(3, versions);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? changed(row) : Ending.nothingDone(Optional.empty());
            }
        }
    }

    private static @Nullable Array array(Connection connection, @Nullable Set<Long> versions) throws SQLException {
        return versions == null ? null : connection.createArrayOf("bigint", versions.toArray(Long[]::new));
    }

    private static Ending<Optional<Workflow>> changed(ResultSet row) throws SQLException {
        Workflow workflow = WorkflowRow.read(row);
        return Ending.done(Optional.of(workflow), row.getString("transaction_id"), traceOf(workflow));
    }

    private static final String TRACE = """
            SELECT EXISTS (SELECT FROM pending WHERE id = ? AND version >= ?)
                OR EXISTS (SELECT FROM consumed WHERE id = ? AND version >= ?)
            """;

    private static ConnectionCallback<Boolean> traceOf(Workflow workflow) {
        return connection -> {
            try (PreparedStatement statement = connection.prepareStatement(TRACE)) {
                statement.setObject(1, workflow.id());
                statement.setLong(2, workflow.history().version());
                statement.setObject(3, workflow.id());
                statement.setLong(4, workflow.history().version());
                return Transactions.isTrue(statement);
            }
        };
    }
}
