package dev.workflow.postgres.server;

import io.micronaut.data.jdbc.runtime.ConnectionCallback;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * How a transaction ends.
 *
 * @param commits false: it did nothing that should stay
 * @param proof null: whether it was committed matters to nobody
 */
public record Ending<R>(R result, boolean commits, @Nullable Proof proof) {
    /**
     * What tells, on another connection, whether a transaction was committed.
     *
     * @param transactionId {@code pg_current_xact_id()}
     * @param trace whether what the transaction wrote is there. After a failover the new server may have given the same id to
     *     another transaction.
     */
    public record Proof(String transactionId, ConnectionCallback<Boolean> trace) {}

    public static <R> Ending<R> nothingDone(R result) {
        return new Ending<>(result, false, null);
    }

    public static <R> Ending<R> done(R result) {
        return new Ending<>(result, true, null);
    }

    /** Of work that need not be proven: runs a statement that answers with how many rows it changed. */
    public static Ending<Integer> ofCount(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            int count = row.next() ? row.getInt(1) : 0;
            return count == 0 ? nothingDone(0) : done(count);
        }
    }

    public static <R> Ending<R> done(R result, String transactionId, ConnectionCallback<Boolean> trace) {
        return new Ending<>(result, true, new Proof(transactionId, trace));
    }
}
