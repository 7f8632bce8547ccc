package dev.workflow.postgres.workflow;

import dev.workflow.domain.Fault;
import dev.workflow.domain.QueueEntry;
import dev.workflow.domain.port.Outbox;
import dev.workflow.postgres.server.Ending;
import dev.workflow.postgres.server.Transactions;
import dev.workflow.postgres.value.BinaryArray;
import dev.workflow.postgres.value.Columns;
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
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What is on its way to the queue. */
public final class OutboxTable implements Outbox {
    /** Every look at the oldest entries walks over those that are gone until they are cleared away. */
    private static final int CLEAR_AFTER = 20_000;
    /** So many rows at most make a batch, however little each holds. */
    private static final int ROWS = 500;

    private static final System.Logger LOG = System.getLogger(OutboxTable.class.getName());

    private final Transactions background;
    private final Transactions requests;
    private final AtomicInteger gone = new AtomicInteger();

    public OutboxTable(Transactions background, Transactions requests) {
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
            if (gone.get() >= CLEAR_AFTER) {
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

    private Ending<Integer> drain(Connection connection, int max, Function<List<QueueEntry>, BitSet> publish)
            throws SQLException {
        List<Row> oldest = takeOldest(connection, max);
        List<QueueEntry> entries =
                oldest.stream().flatMap(Row::entries).limit(max).toList();
        BitSet published = entries.isEmpty() ? new BitSet() : publish.apply(entries);
        if (published.isEmpty()) {
            return Ending.nothingDone(0);
        }
        putBack(connection, oldest, published);
        gone.addAndGet(oldest.size());
        return Ending.done(published.cardinality());
    }

    /**
     * By their own numbers, never by workflow: the same workflow may have come in again meanwhile. Of the oldest rows as many
     * as hold enough.
     */
    private static final String TAKE = """
            WITH oldest AS (
                SELECT seq, cardinality(workflow_ids) AS size
                FROM outbox ORDER BY seq LIMIT %s FOR UPDATE SKIP LOCKED)
            DELETE FROM outbox
            WHERE seq = ANY (ARRAY (
                SELECT seq
                FROM (SELECT seq, sum(size) OVER (ORDER BY seq) - size AS ahead FROM oldest) AS counted
                WHERE ahead < ?))
            RETURNING seq, workflow_ids, queued_at
            """.formatted(ROWS);

    /** They are gone only once the transaction is committed. */
    private static List<Row> takeOldest(Connection connection, int max) throws SQLException {
        List<Row> oldest = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
            statement.setInt(1, max);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    oldest.add(Row.read(row));
                }
            }
        }
        oldest.sort(Comparator.comparingLong(Row::seq));
        return oldest;
    }

    private static final String PUT_BACK = """
            INSERT INTO outbox (seq, workflow_ids, queued_at) OVERRIDING SYSTEM VALUE
            VALUES (?, ?, ?)
            """;

    /** What the queue did not take keeps its place. */
    private static void putBack(Connection connection, List<Row> oldest, BitSet published) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PUT_BACK)) {
            int before = 0;
            for (Row row : oldest) {
                List<UUID> left = row.left(published, before);
                before += row.workflowIds().size();
                if (!left.isEmpty()) {
                    statement.setLong(1, row.seq());
                    statement.setObject(2, BinaryArray.ofUuids(left));
                    Columns.setTime(statement, 3, row.queuedAt());
                    statement.addBatch();
                }
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

    /** What one statement made claimable, in its order. */
    private record Row(long seq, List<UUID> workflowIds, Instant queuedAt) {
        static Row read(ResultSet row) throws SQLException {
            Instant queuedAt = Objects.requireNonNull(Columns.time(row, "queued_at"));
            return new Row(row.getLong("seq"), Columns.uuids(row, "workflow_ids"), queuedAt);
        }

        Stream<QueueEntry> entries() {
            return workflowIds.stream().map(id -> new QueueEntry(id, queuedAt));
        }

        /** @param before how many entries the rows before this one hold */
        List<UUID> left(BitSet published, int before) {
            return IntStream.range(0, workflowIds.size())
                    .filter(i -> !published.get(before + i))
                    .mapToObj(workflowIds::get)
                    .toList();
        }
    }
}
