package dev.workflow.postgres.workflow;

import dev.workflow.domain.ChangeOutcome;
import dev.workflow.domain.Fault;
import dev.workflow.domain.Keyed;
import dev.workflow.domain.RequestKey;
import dev.workflow.domain.Status;
import dev.workflow.domain.StatusChange;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.delivery.Form;
import dev.workflow.postgres.key.BlockedKey;
import dev.workflow.postgres.key.RequestKeys;
import dev.workflow.postgres.key.RequestKeys.Taking;
import dev.workflow.postgres.key.UsedKey;
import dev.workflow.postgres.server.Ending;
import dev.workflow.postgres.server.Pool;
import dev.workflow.postgres.server.Transactions;
import io.micronaut.data.jdbc.runtime.ConnectionCallback;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Changes of a status that a client asks for. */
public final class StatusChanges {
    /** How often a change is tried that comes to nothing because another one is made at the same moment. */
    private static final int TRIES = 50;

    private final Transactions transactions;
    private final RequestKeys keys;

    StatusChanges(Transactions transactions, RequestKeys keys) {
        this.transactions = transactions;
        this.keys = keys;
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

    /**
     * Puts a consumed workflow at the back of the queue, its attempts forgotten. A delivery that had no row of its own gets
     * one, since the row that told of it is gone.
     */
    private static final String INSERT_AGAIN = """
            WITH taken AS (
                DELETE FROM consumed
                WHERE id = ? AND (CAST(? AS bigint[]) IS NULL OR version = ANY (?))
                RETURNING id, version, consumed_at, delivery_id, attempts, last_error),
            known AS (
                INSERT INTO delivery (id, form, state, delivered_at, workflow_ids, versions, attempts, last_errors)
                SELECT delivery_id, '%s', 'final', consumed_at,
                       ARRAY[id], ARRAY[version], ARRAY[attempts], ARRAY[last_error]
                FROM taken
                WHERE delivery_id IS NOT NULL
                ON CONFLICT (id) DO NOTHING),
            earlier AS (
                INSERT INTO earlier_delivery (workflow_id, delivery_id)
                SELECT id, delivery_id FROM taken WHERE delivery_id IS NOT NULL
                ON CONFLICT DO NOTHING),
            queued AS (
                INSERT INTO pending (id, version, queued_at, delivery_id, last_error)
                SELECT id, version + 1, statement_timestamp(), delivery_id, last_error FROM taken
                RETURNING *),
            on_its_way AS (
                INSERT INTO outbox (workflow_ids, queued_at)
                SELECT ARRAY[id], queued_at FROM queued)
            SELECT %s, %s, pg_current_xact_id() AS transaction_id
            FROM queued p CROSS JOIN LATERAL (SELECT * FROM workflow WHERE workflow.id = p.id LIMIT 1) w
            """.formatted(Form.PLAIN, WorkflowRow.CONTENT, WorkflowRow.OF_PENDING);

    Keyed<ChangeOutcome> make(StatusChange change) {
        for (int i = 0; i < TRIES; i++) {
            Optional<Keyed<ChangeOutcome>> outcome = tried(change);
            if (outcome.isPresent()) {
                return outcome.get();
            }
        }
        throw new Fault.Unavailable("Others change this workflow all the time.");
    }

    /** Empty when it is to be tried again. */
    private Optional<Keyed<ChangeOutcome>> tried(StatusChange change) {
        RequestKey key = change.key();
        try {
            return transactions.writeInsistently(
                    connection -> key == null ? made(connection, change) : made(connection, change, key));
        } catch (BlockedKey e) {
            return Optional.of(new Keyed.InProgress<>());
        } catch (SQLException e) {
            throw Transactions.unavailable(e);
        }
    }

    private static Ending<Optional<Keyed<ChangeOutcome>>> made(Connection connection, StatusChange change)
            throws SQLException {
        Change made = change(connection, change);
        return made == null
                ? Ending.nothingDone(whyNot(connection, change).map(Keyed.Fresh::new))
                : Ending.done(Optional.of(fresh(made.workflow())), made.transactionId(), traceOf(made.workflow()));
    }

    /** A change that was not needed is remembered too. */
    private Ending<Optional<Keyed<ChangeOutcome>>> made(Connection connection, StatusChange change, RequestKey key)
            throws SQLException {
        UsedKey before = keys.take(connection, List.of(new Taking(key)), Pool.WAIT_FOR_LOCK)
                .get(key.name());
        if (before != null) {
            return Ending.nothingDone(Optional.of(before.decide(key, () -> ChangeAnswers.find(connection, key))));
        }
        Ending<Optional<Keyed<ChangeOutcome>>> made = made(connection, change);
        if (made.result().orElse(null) instanceof Keyed.Fresh<ChangeOutcome>(ChangeOutcome.Done(Workflow workflow))) {
            String transactionId = ChangeAnswers.keep(connection, key, workflow);
            return Ending.done(made.result(), transactionId, traceOf(workflow));
        }
        return made;
    }

    private static Keyed<ChangeOutcome> fresh(Workflow workflow) {
        return new Keyed.Fresh<>(new ChangeOutcome.Done(workflow));
    }

    /** Empty when it is to be tried again: what kept the change from being made is gone. */
    private static Optional<ChangeOutcome> whyNot(Connection connection, StatusChange change) throws SQLException {
        Optional<Workflow> found = StoredWorkflows.find(connection, change.id());
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

    private record Change(Workflow workflow, String transactionId) {}

    private static @Nullable Change change(Connection connection, StatusChange change) throws SQLException {
        Array versions = array(connection, change.onlyVersions());
        try (PreparedStatement statement =
                connection.prepareStatement(change.to() == Status.CONSUMED ? CONSUME : INSERT_AGAIN)) {
            statement.setObject(1, change.id());
            statement.setArray(2, versions);
            statement.setArray(3, versions);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? new Change(WorkflowRow.read(row), row.getString("transaction_id")) : null;
            }
        }
    }

    private static @Nullable Array array(Connection connection, @Nullable Set<Long> versions) throws SQLException {
        return versions == null ? null : connection.createArrayOf("bigint", versions.toArray(Long[]::new));
    }

    private static final String TRACE = """
            SELECT EXISTS (SELECT FROM pending WHERE id = ? AND version >= ?)
                OR EXISTS (SELECT FROM consumed WHERE id = ? AND version >= ?)
            """;

    private static ConnectionCallback<Boolean> traceOf(Workflow workflow) {
        return traceOf(workflow.id(), workflow.history().version());
    }

    /** Whether a change to {@code version} was made: it is there, or later ones are. */
    public static ConnectionCallback<Boolean> traceOf(UUID id, long version) {
        return connection -> {
            try (PreparedStatement statement = connection.prepareStatement(TRACE)) {
                statement.setObject(1, id);
                statement.setLong(2, version);
                statement.setObject(3, id);
                statement.setLong(4, version);
                return Transactions.isTrue(statement);
            }
        };
    }
}
