package dev.workflow.postgres.server;

import dev.workflow.domain.Fault;
import dev.workflow.domain.Health;
import dev.workflow.domain.port.Dependency;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How the database is. */
public final class DatabaseHealth implements Dependency {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Transactions requests;
    private @Nullable CompletableFuture<Health> question;

    public DatabaseHealth(Transactions requests) {
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
            ServerFacts facts = requests.read(ServerFacts::of);
            return facts.readOnly() ? new Health.Down("It is read-only.") : up(facts);
        } catch (Fault e) {
            return new Health.Down("It cannot be reached.");
        }
    }

    private static Health up(ServerFacts facts) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("server_version", facts.version());
        details.put("fsync", facts.fsync());
        details.put("synchronous_commit", facts.synchronousCommit());
        details.put("full_page_writes", facts.fullPageWrites());
        return new Health.Up(details);
    }
}
