package dev.workflow.postgres;

import dev.workflow.domain.StorePolicy;

/**
 * How to use a database.
 *
 * @param poolSize most connections that requests use at a time; what runs beside them has three more
 * @param toleratesUnsafeServer whether a server may run that forgets what it committed; for tests only
 */
public record PostgresSettings(DatabaseUrl url, int poolSize, StorePolicy policy, boolean toleratesUnsafeServer) {
    private static final int DEFAULT_POOL_SIZE = 10;

    /** What holds when nothing else is said. */
    public static PostgresSettings of(DatabaseUrl url) {
        return new PostgresSettings(url, DEFAULT_POOL_SIZE, StorePolicy.DEFAULT, false);
    }

    public PostgresSettings withPoolSize(int size) {
        return new PostgresSettings(url, size, policy, toleratesUnsafeServer);
    }

    public PostgresSettings withPolicy(StorePolicy other) {
        return new PostgresSettings(url, poolSize, other, toleratesUnsafeServer);
    }

    /** For tests, whose databases are forgotten anyway. */
    public PostgresSettings toleratingUnsafeServer() {
        return new PostgresSettings(url, poolSize, policy, true);
    }
}
