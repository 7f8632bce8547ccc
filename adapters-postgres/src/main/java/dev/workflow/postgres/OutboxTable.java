package dev.workflow.postgres;

import dev.workflow.domain.QueueEntry;
import dev.workflow.domain.port.Outbox;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;

/** What is on its way to the queue. */
final class OutboxTable implements Outbox {
    private final Transactions background;
    private final Transactions requests;

    OutboxTable(Transactions background, Transactions requests) {
        this.background = background;
        this.requests = requests;
    }

    /**
     * That a COMMIT is lost on the way matters little here: entries that stay although they were published make duplicates,
     * and those are harmless.
     */
    @Override
    public int drain(int max, Function<List<QueueEntry>, BitSet> publish) {
        try {
            return background.write(connection -> drain(connection, max, publish));
        } catch (SQLException e) {
            throw Transactions.unavailable(e);
        }
    }

    private static Ending<Integer> drain(Connection connection, int max, Function<List<QueueEntry>, BitSet> publish)
            throws SQLException {
        Oldest oldest = lockOldest(connection, max);
        BitSet published = oldest.entries().isEmpty() ? new BitSet() : publish.apply(oldest.entries());
        if (published.isEmpty()) {
            return Ending.nothingDone(0);
        }
        Long[] gone = published.stream().mapToObj(oldest.seqs()::get).toArray(Long[]::new);
        return Ending.done(delete(connection, gone));
    }

    private static final String OLDEST = """
            SELECT seq, workflow_id, queued_at
            FROM outbox
            ORDER BY seq
            LIMIT ?
            FOR UPDATE SKIP LOCKED
            """;

    private static Oldest lockOldest(Connection connection, int max) throws SQLException {
        Oldest oldest = new Oldest(new ArrayList<>(), new ArrayList<>());
        try (PreparedStatement statement = connection.prepareStatement(OLDEST)) {
            statement.setInt(1, max);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    oldest.add(row);
                }
            }
        }
        return oldest;
    }

    /** By their own numbers, never by workflow: the same workflow may have come in again meanwhile. */
    private static final String DELETE = "DELETE FROM outbox WHERE seq = ANY (?)";

    private static int delete(Connection connection, Long[] seqs) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
            statement.setArray(1, connection.createArrayOf("bigint", seqs));
            return statement.executeUpdate();
        }
    }

    /** Along the key: a table that was long a moment ago is mostly dead rows. */
    private static final String ANY = "SELECT seq FROM outbox ORDER BY seq LIMIT 1";

    @Override
    public boolean isEmpty() {
        return requests.read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(ANY);
                    ResultSet row = statement.executeQuery()) {
                return !row.next();
            }
        });
    }

    private record Oldest(List<Long> seqs, List<QueueEntry> entries) {
        void add(ResultSet row) throws SQLException {
            UUID workflowId = WorkflowRow.uuid(row, "workflow_id");
            seqs.add(row.getLong("seq"));
            entries.add(new QueueEntry(workflowId, Objects.requireNonNull(WorkflowRow.time(row, "queued_at"))));
        }
    }
}
