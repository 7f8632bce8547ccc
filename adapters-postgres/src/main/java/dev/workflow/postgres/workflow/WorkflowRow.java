package dev.workflow.postgres.workflow;

import dev.workflow.domain.Content;
import dev.workflow.domain.History;
import dev.workflow.domain.State;
import dev.workflow.domain.Utf8Text;
import dev.workflow.domain.Workflow;
import dev.workflow.postgres.value.Columns;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** A row of {@code workflow w} with its row of {@code pending p} or {@code consumed c}, whichever it has. */
public final class WorkflowRow {
    public static final String CONTENT = "w.id, w.source, w.steps";

    static final String OF_PENDING = """
            p.version, p.attempts, p.last_error, p.delivery_id,
            p.lease_until, p.delayed, p.dead_at, CAST(NULL AS timestamptz) AS consumed_at""";

    public static final String OF_CONSUMED = """
            c.version, c.attempts, c.last_error, c.delivery_id,
            CAST(NULL AS timestamptz) AS lease_until, false AS delayed, CAST(NULL AS timestamptz) AS dead_at, c.consumed_at""";

    static final String OF_EITHER = """
            coalesce(p.version, c.version) AS version, coalesce(p.attempts, c.attempts) AS attempts,
            coalesce(p.last_error, c.last_error) AS last_error, coalesce(p.delivery_id, c.delivery_id) AS delivery_id,
            p.lease_until, p.delayed, p.dead_at, c.consumed_at""";

    private final ResultSet row;
    private final int id;
    private final int source;
    private final int steps;
    private final int version;
    private final int attempts;
    private final int lastError;
    private final int deliveryId;
    private final int leaseUntil;
    private final int delayed;
    private final int deadAt;
    private final int consumedAt;

    /** Looks up the columns once for all rows. */
    private WorkflowRow(ResultSet row) throws SQLException {
        this.row = row;
        this.id = row.findColumn("id");
        this.source = row.findColumn("source");
        this.steps = row.findColumn("steps");
        this.version = row.findColumn("version");
        this.attempts = row.findColumn("attempts");
        this.lastError = row.findColumn("last_error");
        this.deliveryId = row.findColumn("delivery_id");
        this.leaseUntil = row.findColumn("lease_until");
        this.delayed = row.findColumn("delayed");
        this.deadAt = row.findColumn("dead_at");
        this.consumedAt = row.findColumn("consumed_at");
    }

    static List<Workflow> readAll(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            return readAll(row);
        }
    }

    static List<Workflow> readAll(ResultSet row) throws SQLException {
        List<Workflow> workflows = new ArrayList<>();
        WorkflowRow columns = new WorkflowRow(row);
        while (row.next()) {
            workflows.add(columns.read());
        }
        return workflows;
    }

    public static Workflow read(ResultSet row) throws SQLException {
        return new WorkflowRow(row).read();
    }

    private Workflow read() throws SQLException {
        UUID key = Objects.requireNonNull(row.getObject(id, UUID.class));
        return new Workflow(key, content(), state(), history());
    }

    /** The bytes as they came over the wire: the driver would decode them, only for others to encode them again. */
    private Content content() throws SQLException {
        return new Content(Utf8Text.ofBytes(row.getBytes(source)), List.of(texts(row.getArray(steps))));
    }

    private static String[] texts(Array array) throws SQLException {
        return (String[]) array.getArray();
    }

    private State state() throws SQLException {
        Instant consumed = Columns.time(row, consumedAt);
        if (consumed != null) {
            return new State.Consumed(consumed);
        }
        Instant died = Columns.time(row, deadAt);
        if (died != null) {
            return new State.Dead(died);
        }
        Instant until = Columns.time(row, leaseUntil);
        if (until == null) {
            return new State.Waiting();
        }
        return row.getBoolean(delayed) ? new State.Delayed(until) : new State.Leased(until);
    }

    private History history() throws SQLException {
        return new History(
                row.getInt(attempts),
                row.getString(lastError),
                row.getObject(deliveryId, UUID.class),
                row.getLong(version));
    }
}
