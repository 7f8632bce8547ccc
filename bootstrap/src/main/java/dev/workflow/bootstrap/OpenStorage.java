package dev.workflow.bootstrap;

import dev.workflow.bootstrap.Settings.Storage;
import dev.workflow.domain.Health;
import dev.workflow.domain.StorePolicy;
import dev.workflow.postgres.PostgresStore;
import dev.workflow.postgres.server.CannotOpenStore;
import dev.workflow.postgres.server.DatabaseUrl;
import dev.workflow.postgres.server.PostgresSettings;
import java.util.ArrayDeque;
import java.util.Deque;

/** The database in use, and where it is our own, its server. Closed in the reverse order of opening. */
final class OpenStorage implements AutoCloseable {
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final PostgresStore store;
    private final String place;

    OpenStorage(Storage settings, StorePolicy policy) {
        try {
            switch (settings) {
                case Storage.Embedded(var directory, var poolSize) -> {
                    DataDirectory data = push(DataDirectory.hold(directory));
                    EmbeddedDatabase database = push(EmbeddedDatabase.start(data, poolSize));
                    place = "embedded, in " + directory;
                    store = push(open("WORKFLOW_DATA_DIR", database.url(), poolSize, policy));
                }
                case Storage.Server(var variable, var url, var poolSize) -> {
                    place = "at " + url.place();
                    store = push(open(variable, url, poolSize, policy));
                }
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static PostgresStore open(String variable, DatabaseUrl url, int poolSize, StorePolicy policy) {
        try {
            return PostgresStore.open(PostgresSettings.of(url, poolSize, policy));
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
        String version =
                store.database().check() instanceof Health.Up(var details) ? details.get("server_version") : "?";
        return "PostgreSQL " + version + " (" + place + ")";
    }

    @Override
    public void close() {
        Closing.all(opened);
    }
}
