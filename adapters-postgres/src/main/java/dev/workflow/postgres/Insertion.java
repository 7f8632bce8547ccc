package dev.workflow.postgres;

import dev.workflow.domain.Fault;
import dev.workflow.domain.Keyed;
import dev.workflow.domain.RequestKey;
import dev.workflow.domain.Submission;
import dev.workflow.domain.SubmitOutcome;
import dev.workflow.domain.Workflow;
import dev.workflow.postgres.RequestKeys.Taking;
import io.micronaut.data.jdbc.runtime.ConnectionCallback;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Stores the workflows of a batch, with all that goes with them, in one statement. */
final class Insertion extends Batch<Submission, SubmitOutcome> {
    private final Transactions transactions;
    private final RequestKeys keys;

    Insertion(Transactions transactions, RequestKeys keys) {
        this.transactions = transactions;
        this.keys = keys;
    }

    /** {@code data} follows from {@code source} by itself; that is where what PostgreSQL cannot hold is refused. */
    private static final String INSERT = """
            WITH stored AS (
                INSERT INTO workflow (id, source, steps)
                SELECT id, source, CAST(steps AS text[])
                FROM unnest(?, ?, ?) AS batch (id, source, steps)),
            waiting AS (
                INSERT INTO pending (id, queued_at)
                SELECT id, statement_timestamp() FROM unnest(?) AS batch (id)),
            on_its_way AS (
                INSERT INTO outbox (workflow_id, queued_at)
                SELECT id, statement_timestamp() FROM unnest(?) AS batch (id))
            SELECT pg_current_xact_id()
            """;

    /** Without keys it is one statement and no more. */
    @Override
    List<Keyed<SubmitOutcome>> attempt(List<Submission> submissions, Duration patience) throws SQLException {
        List<Taking> takings =
                submissions.stream().flatMap(each -> taking(each).stream()).toList();
        return transactions.write(connection -> {
            Map<RequestKey.Name, UsedKey> used = keys.take(connection, takings, patience);
            List<Keyed<SubmitOutcome>> outcomes = new ArrayList<>(submissions.size());
            for (Submission each : submissions) {
                outcomes.add(outcome(each, used));
            }
            List<Workflow> all = acting(submissions, outcomes);
            if (all.isEmpty()) {
                return Ending.nothingDone(outcomes);
            }
            BinaryArray ids = BinaryArray.ofUuids(all.stream().map(Workflow::id).toList());
            return Ending.done(outcomes, insert(connection, ids, all), traceOf(ids, all.size()));
        });
    }

    private static Optional<Taking> taking(Submission submission) {
        List<UUID> ids = submission.workflows().stream().map(Workflow::id).toList();
        return Optional.ofNullable(submission.key()).map(key -> new Taking(key, ids, null));
    }

    private static Keyed<SubmitOutcome> outcome(Submission submission, Map<RequestKey.Name, UsedKey> used)
            throws SQLException {
        RequestKey key = submission.key();
        UsedKey before = key == null ? null : used.get(key.name());
        return key == null || before == null
                ? new Keyed.Fresh<>(new SubmitOutcome.Stored(submission.workflows()))
                : before.decide(key, () -> storedBefore(submission.workflows(), before.workflowIds()));
    }

    /** The same request brings the same content. */
    private static SubmitOutcome storedBefore(List<Workflow> workflows, List<UUID> ids) {
        List<Workflow> first = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            first.add(Workflow.submitted(ids.get(i), workflows.get(i).content()));
        }
        return new SubmitOutcome.Stored(first);
    }

    private static List<Workflow> acting(List<Submission> submissions, List<Keyed<SubmitOutcome>> outcomes) {
        List<Workflow> all = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) instanceof Keyed.Fresh<SubmitOutcome>) {
                all.addAll(submissions.get(i).workflows());
            }
        }
        return all;
    }

    private static String insert(Connection connection, BinaryArray ids, List<Workflow> all) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setObject(1, ids);
            statement.setObject(
                    2,
                    BinaryArray.ofTexts(all.stream()
                            .map(each -> each.content().data().bytes())
                            .toList()));
            statement.setObject(
                    3,
                    BinaryArray.ofTexts(all.stream()
                            .map(each -> literal(each.content().steps()))
                            .toList()));
            statement.setObject(4, ids);
            statement.setObject(5, ids);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    private static final String TRACE = "SELECT count(*) = ? FROM workflow WHERE id = ANY (?)";

    private static ConnectionCallback<Boolean> traceOf(BinaryArray ids, int count) {
        return connection -> {
            try (PreparedStatement statement = connection.prepareStatement(TRACE)) {
                statement.setInt(1, count);
                statement.setObject(2, ids);
                return Transactions.isTrue(statement);
            }
        };
    }

    /** An array as PostgreSQL writes it: rows of different lengths do not fit into one array of two dimensions. */
    private static byte[] literal(List<String> steps) {
        StringBuilder text = new StringBuilder("{");
        for (String step : steps) {
            text.append(text.length() == 1 ? "\"" : ",\"")
                    .append(step.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append('"');
        }
        return text.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    @Nullable RequestKey keyOf(Submission submission) {
        return submission.key();
    }

    @Override
    SubmitOutcome refused(SQLException why) {
        return new SubmitOutcome.Refused(SqlState.explain(why));
    }

    @Override
    SubmitOutcome failed(Fault why) {
        return new SubmitOutcome.Failed(why);
    }
}
