package dev.workflow.postgres;

import dev.workflow.domain.Fault;
import dev.workflow.domain.Health;
import dev.workflow.domain.port.Dependency;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How the database is. */
final class DatabaseHealth implements Dependency {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Transactions requests;
    private @Nullable CompletableFuture<Health> question;

    DatabaseHealth(Transactions requests) {
        this.requests = requests;
    }

    @Override
    public String name() {
        return "database";
    }

    @Override
    public Health check() {
        return question()
                .completeOnTimeout(
                        new Health.Down("It did not answer within a second."),
                        PATIENCE.toMillis(),
                        TimeUnit.MILLISECONDS)
                .join();
    }

    /** One question at a time, however many ask: a database that hangs must not collect them. */
    private synchronized CompletableFuture<Health> question() {
        CompletableFuture<Health> open = question;
        if (open == null || open.isDone()) {
            open = CompletableFuture.supplyAsync(this::ask, Thread::startVirtualThread);
            question = open;
        }
        return open.copy();
    }

    private Health ask() {
        try {
            return requests.read(connection -> {
                try (PreparedStatement statement = connection.prepareStatement(ASK);
                        ResultSet row = statement.executeQuery()) {
                    row.next();
                    return row.getBoolean("read_only") ? new Health.Down("It is read-only.") : up(row);
                }
            });
        } catch (Fault e) {
            return new Health.Down("It cannot be reached.");
        }
    }

    private static final String ASK = """
            SELECT current_setting('server_version') AS server_version,
                   current_setting('fsync') AS fsync,
                   current_setting('synchronous_commit') AS synchronous_commit,
                   current_setting('full_page_writes') AS full_page_writes,
                   pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean AS read_only
            """;

    private static Health up(ResultSet row) throws SQLException {
        Map<String, String> details = new LinkedHashMap<>();
        for (String name : new String[] {"server_version", "fsync", "synchronous_commit", "full_page_writes"}) {
            details.put(name, row.getString(name));
        }
        return new Health.Up(details);
    }
}
