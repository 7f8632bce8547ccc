package dev.workflow.postgres.workflow;

import dev.workflow.domain.Fault;
import dev.workflow.domain.Keyed;
import dev.workflow.domain.RequestKey;
import dev.workflow.domain.Submission;
import dev.workflow.domain.SubmitOutcome;
import dev.workflow.domain.Workflow;
import dev.workflow.postgres.key.Batch;
import dev.workflow.postgres.key.RequestKeys;
import dev.workflow.postgres.key.RequestKeys.Taking;
import dev.workflow.postgres.key.UsedKey;
import dev.workflow.postgres.server.Ending;
import dev.workflow.postgres.server.SqlState;
import dev.workflow.postgres.server.Transactions;
import dev.workflow.postgres.value.BinaryArray;
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
    private final FilterIndex index;

    Insertion(Transactions transactions, RequestKeys keys, FilterIndex index) {
        this.transactions = transactions;
        this.keys = keys;
        this.index = index;
    }

    /** The index makes {@code jsonb} of {@code source}; that is where what PostgreSQL cannot hold is refused. */
    private static final String STORE = """
            INSERT INTO workflow (id, source, steps)
            SELECT id, source, CAST(steps AS text[])
            FROM unnest(?, ?, ?) AS batch (id, source, steps)""";

    private static final String INSERT_ALL = """
            WITH stored AS (%s),
            waiting AS (
                INSERT INTO pending (id, queued_at)
                SELECT id, statement_timestamp() FROM unnest(?) AS batch (id))
            INSERT INTO outbox (workflow_ids, queued_at)
            VALUES (?, statement_timestamp())
            RETURNING pg_current_xact_id()
            """.formatted(STORE);

    /** Where nobody knows whether it was done. It waits for the end of one that is still being done. */
    private static final String INSERT_MISSING = """
            WITH stored AS (%s ON CONFLICT (id) DO NOTHING RETURNING id),
            waiting AS (
                INSERT INTO pending (id, queued_at)
                SELECT id, statement_timestamp() FROM stored)
            INSERT INTO outbox (workflow_ids, queued_at)
            SELECT array_agg(id), statement_timestamp() FROM stored HAVING count(*) > 0
            """.formatted(STORE);

    @Override
    protected List<Keyed<SubmitOutcome>> attempt(List<Submission> submissions, Duration patience) throws SQLException {
        List<Taking> takings =
                submissions.stream().flatMap(each -> taking(each).stream()).toList();
        return takings.isEmpty() ? attemptAtOnce(submissions) : attempt(submissions, takings, patience);
    }

    /** Without keys it is one statement and no more. The ids were made before it, so that it can be said again. */
    private List<Keyed<SubmitOutcome>> attemptAtOnce(List<Submission> submissions) throws SQLException {
        List<Workflow> all = new ArrayList<>();
        List<Keyed<SubmitOutcome>> outcomes = new ArrayList<>(submissions.size());
        for (Submission each : submissions) {
            all.addAll(each.workflows());
            outcomes.add(new Keyed.Fresh<>(new SubmitOutcome.Stored(each.workflows())));
        }
        Rows rows = Rows.of(all);
        transactions.writeAtOnce(rows::insert, rows::insertMissing);
        index.grow(rows.bytes());
        return outcomes;
    }

    private List<Keyed<SubmitOutcome>> attempt(List<Submission> submissions, List<Taking> takings, Duration patience)
            throws SQLException {
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
            Rows rows = Rows.of(all);
            String transactionId = rows.insert(connection);
            index.grow(rows.bytes());
            return Ending.done(outcomes, transactionId, rows::areThere);
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

    /** What a statement takes. */
    private record Rows(int count, BinaryArray ids, BinaryArray sources, BinaryArray steps) {
        static Rows of(List<Workflow> all) {
            List<UUID> ids = new ArrayList<>(all.size());
            List<byte[]> sources = new ArrayList<>(all.size());
            List<byte[]> steps = new ArrayList<>(all.size());
            for (Workflow each : all) {
                ids.add(each.id());
                sources.add(each.content().data().bytes());
                steps.add(literal(each.content().steps()));
            }
            return new Rows(
                    all.size(), BinaryArray.ofUuids(ids), BinaryArray.ofTexts(sources), BinaryArray.ofTexts(steps));
        }

        long bytes() {
            return (long) ids.lengthInBytes() + sources.lengthInBytes() + steps.lengthInBytes();
        }

        /** @return the id of the transaction */
        String insert(Connection connection) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(INSERT_ALL)) {
                bind(statement);
                statement.setObject(4, ids);
                statement.setObject(5, ids);
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    return row.getString(1);
                }
            }
        }

        int insertMissing(Connection connection) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(INSERT_MISSING)) {
                bind(statement);
                return statement.executeUpdate();
            }
        }

        private void bind(PreparedStatement statement) throws SQLException {
            statement.setObject(1, ids);
            statement.setObject(2, sources);
            statement.setObject(3, steps);
        }

        private static final String COUNT = "SELECT count(*) = ? FROM workflow WHERE id = ANY (?)";

        boolean areThere(Connection connection) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
                statement.setInt(1, count);
                statement.setObject(2, ids);
                return Transactions.isTrue(statement);
            }
        }
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
    protected @Nullable RequestKey keyOf(Submission submission) {
        return submission.key();
    }

    @Override
    protected SubmitOutcome refused(SQLException why) {
        return new SubmitOutcome.Refused(SqlState.explain(why));
    }

    @Override
    protected SubmitOutcome failed(Fault why) {
        return new SubmitOutcome.Failed(why);
    }
}
