package dev.workflow.postgres;

import dev.workflow.domain.Fault;
import dev.workflow.domain.Submission;
import dev.workflow.domain.SubmitOutcome;
import dev.workflow.domain.Workflow;
import io.micronaut.data.jdbc.runtime.ConnectionCallback;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Stores the workflows of a batch, with all that goes with them, in one statement. */
final class Insertion extends Batch<Submission, SubmitOutcome> {
    private final Transactions transactions;

    Insertion(Transactions transactions) {
        this.transactions = transactions;
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

    @Override
    List<SubmitOutcome> attempt(List<Submission> submissions) throws SQLException {
        List<Workflow> all =
                submissions.stream().flatMap(each -> each.workflows().stream()).toList();
        BinaryArray ids = BinaryArray.ofUuids(all.stream().map(Workflow::id).toList());
        BinaryArray sources = BinaryArray.ofTexts(
                all.stream().map(each -> each.content().data().bytes()).toList());
        BinaryArray steps = BinaryArray.ofTexts(
                all.stream().map(each -> literal(each.content().steps())).toList());
        return transactions.write(connection -> {
            String transactionId = insert(connection, ids, sources, steps);
            return Ending.done(stored(submissions), transactionId, traceOf(ids, all.size()));
        });
    }

    private static String insert(Connection connection, BinaryArray ids, BinaryArray sources, BinaryArray steps)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setObject(1, ids);
            statement.setObject(2, sources);
            statement.setObject(3, steps);
            statement.setObject(4, ids);
            statement.setObject(5, ids);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    private static List<SubmitOutcome> stored(List<Submission> submissions) {
        return submissions.stream()
                .<SubmitOutcome>map(each -> new SubmitOutcome.Stored(each.workflows()))
                .toList();
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
    SubmitOutcome refused(SQLException why) {
        return new SubmitOutcome.Refused(SqlState.explain(why));
    }

    @Override
    SubmitOutcome failed(Fault why) {
        return new SubmitOutcome.Failed(why);
    }
}
