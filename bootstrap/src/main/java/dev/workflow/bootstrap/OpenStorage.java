package dev.workflow.bootstrap;

import dev.workflow.bootstrap.Settings.Storage;
import dev.workflow.domain.Health;
import dev.workflow.domain.StorePolicy;
import dev.workflow.postgres.PostgresStore;
import dev.workflow.postgres.QueueOwnership;
import dev.workflow.postgres.server.CannotOpenStore;
import dev.workflow.postgres.server.DatabaseUrl;
import dev.workflow.postgres.server.PostgresSettings;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/** The database in use, and where it is our own, its server. Closed in the reverse order of opening. */
final class OpenStorage implements AutoCloseable {
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final PostgresStore store;
    private final String variable;
    private final String place;

    OpenStorage(Storage settings, StorePolicy policy) {
        try {
            switch (settings) {
                case Storage.Embedded(var directory, var poolSize) -> {
                    variable = "WORKFLOW_DATA_DIR";
                    DataDirectory data = push(DataDirectory.hold(directory));
                    EmbeddedDatabase database = push(EmbeddedDatabase.start(data, poolSize));
                    place = "embedded, in " + directory;
                    store = push(open(database.url(), poolSize, policy));
                }
                case Storage.Server(var named, var url, var poolSize) -> {
                    variable = named;
                    place = "at " + url.place();
                    store = push(open(url, poolSize, policy));
                }
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private PostgresStore open(DatabaseUrl url, int poolSize, StorePolicy policy) {
        return explained(() -> PostgresStore.open(PostgresSettings.of(url, poolSize, policy)));
    }

    /** As a queue in the memory of this instance needs it. */
    QueueOwnership ownQueue() {
        return explained(store::ownQueue);
    }

    private <T> T explained(Supplier<T> opening) {
        try {
            return opening.get();
        } catch (CannotOpenStore e) {
            throw new StartFailure(variable + ": " + e.getMessage(), e);
        }
    }

    private <T extends AutoCloseable> T push(T resource) {
        opened.push(resource);
        return resource;
    }

    PostgresStore store() {
        return store;
    }

    /** Such as {@code PostgreSQL 18.6 (embedded, in data)}. */
    String description() {
        return switch (store.database().check()) {
            case Health.Up(var details) -> "PostgreSQL " + details.get("server_version") + " (" + place + ")";
            case Health.Down(var reason) -> "PostgreSQL (" + place + "). " + reason;
        };
    }

    @Override
    public void close() {
        Closing.all(opened);
    }
}
