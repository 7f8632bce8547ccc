package dev.workflow.postgres;

import dev.workflow.domain.Fault;
import dev.workflow.domain.QueueEntry;
import dev.workflow.domain.port.Outbox;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** What is on its way to the queue. */
final class OutboxTable implements Outbox {
    /** Every look at the oldest entries walks over those that are gone until they are cleared away. */
    private static final int CLEAR_AFTER = 20_000;

    private static final System.Logger LOG = System.getLogger(OutboxTable.class.getName());

    private final Transactions background;
    private final Transactions requests;
    private final AtomicInteger gone = new AtomicInteger();

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
            int published = background.write(connection -> drain(connection, max, publish));
            if (gone.addAndGet(published) >= CLEAR_AFTER) {
                gone.set(0);
                clearAway();
            }
            return published;
        } catch (SQLException e) {
            throw Transactions.unavailable(e);
        }
    }

    /** The server does so by itself once a minute, after which a million may be gone. Where it is at it already it is left alone. */
    private void clearAway() {
        try {
            background.read(connection -> {
                try (Statement statement = connection.createStatement()) {
                    return statement.execute("VACUUM (SKIP_LOCKED, TRUNCATE FALSE) outbox");
                }
            });
        } catch (Fault e) {
            LOG.log(System.Logger.Level.DEBUG, "What is gone from the outbox could not be cleared away now.", e);
        }
    }

    private static Ending<Integer> drain(Connection connection, int max, Function<List<QueueEntry>, BitSet> publish)
            throws SQLException {
        List<Entry> oldest = takeOldest(connection, max);
        BitSet published = oldest.isEmpty()
                ? new BitSet()
                : publish.apply(oldest.stream().map(Entry::queueEntry).toList());
        if (published.isEmpty()) {
            return Ending.nothingDone(0);
        }
        putBack(connection, oldest, published);
        return Ending.done(published.cardinality());
    }

    /** By their own numbers, never by workflow: the same workflow may have come in again meanwhile. */
    private static final String TAKE = """
            DELETE FROM outbox
            WHERE seq = ANY (ARRAY (SELECT seq FROM outbox ORDER BY seq LIMIT ? FOR UPDATE SKIP LOCKED))
            RETURNING seq, workflow_id, queued_at
            """;

    /** They are gone only once the transaction is committed. */
    private static List<Entry> takeOldest(Connection connection, int max) throws SQLException {
        List<Entry> oldest = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
            statement.setInt(1, max);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    oldest.add(Entry.read(row));
                }
            }
        }
        oldest.sort(Comparator.comparingLong(Entry::seq));
        return oldest;
    }

    private static final String PUT_BACK = """
            INSERT INTO outbox (seq, workflow_id, queued_at) OVERRIDING SYSTEM VALUE
            VALUES (?, ?, ?)
            """;

    /** What the queue did not take keeps its place. */
    private static void putBack(Connection connection, List<Entry> oldest, BitSet published) throws SQLException {
        if (published.cardinality() == oldest.size()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(PUT_BACK)) {
            for (int i = published.nextClearBit(0); i < oldest.size(); i = published.nextClearBit(i + 1)) {
                statement.setLong(1, oldest.get(i).seq());
                statement.setObject(2, oldest.get(i).queueEntry().workflowId());
                WorkflowRow.setTime(statement, 3, oldest.get(i).queueEntry().queuedAt());
                statement.addBatch();
            }
            statement.executeBatch();
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

    private record Entry(long seq, QueueEntry queueEntry) {
        static Entry read(ResultSet row) throws SQLException {
            UUID workflowId = WorkflowRow.uuid(row, "workflow_id");
            Instant queuedAt = Objects.requireNonNull(WorkflowRow.time(row, "queued_at"));
            return new Entry(row.getLong("seq"), new QueueEntry(workflowId, queuedAt));
        }
    }
}
