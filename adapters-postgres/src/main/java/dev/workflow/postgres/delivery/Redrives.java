package dev.workflow.postgres.delivery;

import dev.workflow.domain.Keyed;
import dev.workflow.domain.Redrive;
import dev.workflow.domain.RedriveOutcome;
import dev.workflow.domain.RequestKey;
import dev.workflow.domain.port.DeadLetters;
import dev.workflow.postgres.key.BlockedKey;
import dev.workflow.postgres.key.RequestKeys;
import dev.workflow.postgres.key.RequestKeys.Taking;
import dev.workflow.postgres.key.UsedKey;
import dev.workflow.postgres.server.Ending;
import dev.workflow.postgres.server.Pool;
import dev.workflow.postgres.server.Transactions;
import dev.workflow.postgres.value.BinaryArray;
import dev.workflow.postgres.value.Columns;
import dev.workflow.postgres.workflow.StatusChanges;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Dead workflows, and their way back. */
public final class Redrives implements DeadLetters {
    private final Transactions transactions;
    private final RequestKeys keys;

    public Redrives(Transactions transactions, RequestKeys keys) {
        this.transactions = transactions;
        this.keys = keys;
    }

    @Override
    public Keyed<RedriveOutcome> redrive(Redrive redrive) {
        RequestKey key = redrive.key();
        try {
            return transactions.writeInsistently(
                    connection -> key == null ? redrive(connection, redrive) : redrive(connection, redrive, key));
        } catch (BlockedKey e) {
            return new Keyed.InProgress<>();
        } catch (SQLException e) {
            throw Transactions.unavailable(e);
        }
    }

    private Ending<Keyed<RedriveOutcome>> redrive(Connection connection, Redrive redrive, RequestKey key)
            throws SQLException {
        UsedKey before = keys.take(connection, List.of(new Taking(key)), Pool.WAIT_FOR_LOCK)
                .get(key.name());
        if (before != null) {
            return Ending.nothingDone(before.decide(key, () -> RedriveAnswers.find(connection, key)));
        }
        Back back = back(connection, redrive.workflowIds());
        RedriveOutcome outcome = outcome(connection, redrive.workflowIds(), back);
        String transactionId = RedriveAnswers.keep(connection, key, outcome);
        return Ending.done(new Keyed.Fresh<>(outcome), transactionId, other -> UsedKey.find(other, key) != null);
    }

    private static Ending<Keyed<RedriveOutcome>> redrive(Connection connection, Redrive redrive) throws SQLException {
        Back back = back(connection, redrive.workflowIds());
        Keyed<RedriveOutcome> outcome = new Keyed.Fresh<>(outcome(connection, redrive.workflowIds(), back));
        return back.ids().isEmpty()
                ? Ending.nothingDone(outcome)
                : Ending.done(
                        outcome,
                        back.transactionId(),
                        StatusChanges.traceOf(back.ids().getFirst(), back.firstVersion()));
    }

    private static final String OF_ALL = "dead_at IS NOT NULL";

    private static final String OF_NAMED = "dead_at IS NOT NULL AND id = ANY (?)";

    private static String backSql(String of) {
        return """
                WITH dead AS MATERIALIZED (
                    SELECT id FROM pending WHERE %s ORDER BY id LIMIT %s FOR UPDATE),
                back AS (
                    UPDATE pending
                    SET version = version + 1, dead_at = NULL, attempts = 0, queued_at = statement_timestamp()
                    WHERE id = ANY (ARRAY(SELECT id FROM dead)) AND dead_at IS NOT NULL
                    RETURNING id, version, queued_at),
                on_its_way AS (
                    INSERT INTO outbox (workflow_ids, queued_at)
                    SELECT array_agg(id ORDER BY id), min(queued_at) FROM back HAVING count(*) > 0)
                SELECT id, version, pg_current_xact_id() AS transaction_id FROM back ORDER BY id
                """.formatted(of, Redrive.MAX);
    }

    private static final String ALL_BACK = backSql(OF_ALL);
    private static final String NAMED_BACK = backSql(OF_NAMED);

    /** What is in the queue again, oldest first. */
    private record Back(List<UUID> ids, long firstVersion, String transactionId) {}

    private static Back back(Connection connection, @Nullable List<UUID> named) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(named == null ? ALL_BACK : NAMED_BACK)) {
            if (named != null) {
                statement.setObject(1, BinaryArray.ofUuids(named));
            }
            List<UUID> ids = new ArrayList<>();
            long firstVersion = 0;
            String transactionId = "";
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    firstVersion = ids.isEmpty() ? row.getLong("version") : firstVersion;
                    transactionId = row.getString("transaction_id");
                    ids.add(Columns.uuid(row, "id"));
                }
            }
            return new Back(ids, firstVersion, transactionId);
        }
    }

    private static RedriveOutcome outcome(Connection connection, @Nullable List<UUID> named, Back back)
            throws SQLException {
        Set<UUID> skipped = new LinkedHashSet<>(named == null ? List.of() : named);
        back.ids().forEach(skipped::remove);
        return new RedriveOutcome(back.ids().size(), List.copyOf(skipped), isMore(connection, named));
    }

    /** By a statement of its own: it sees what the one before has left. */
    private static boolean isMore(Connection connection, @Nullable List<UUID> named) throws SQLException {
        String more = "SELECT EXISTS (SELECT FROM pending WHERE " + (named == null ? OF_ALL : OF_NAMED) + ")";
        try (PreparedStatement statement = connection.prepareStatement(more)) {
            if (named != null) {
                statement.setObject(1, BinaryArray.ofUuids(named));
            }
            return Transactions.isTrue(statement);
        }
    }
}
