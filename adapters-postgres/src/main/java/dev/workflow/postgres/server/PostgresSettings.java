package dev.workflow.postgres.server;

import dev.workflow.domain.StorePolicy;

/**
 * How to use a database.
 *
 * @param poolSize most connections that requests use at a time; what runs beside them has three more
 * @param toleratesUnsafeServer whether a server may run that forgets what it committed; for tests only
 * @param patience how many times as long as usual everything may take; for tests only
 */
public record PostgresSettings(
        DatabaseUrl url, int poolSize, StorePolicy policy, boolean toleratesUnsafeServer, int patience) {
    public static final int DEFAULT_POOL_SIZE = 10;

    /** What holds when nothing else is said. */
    public static PostgresSettings of(DatabaseUrl url) {
        return new PostgresSettings(url, DEFAULT_POOL_SIZE, StorePolicy.DEFAULT, false, 1);
    }

    public PostgresSettings withPoolSize(int size) {
        return new PostgresSettings(url, size, policy, toleratesUnsafeServer, patience);
    }

    public PostgresSettings withPolicy(StorePolicy other) {
        return new PostgresSettings(url, poolSize, other, toleratesUnsafeServer, patience);
    }

    /** For tests, whose databases are forgotten anyway. */
    public PostgresSettings toleratingUnsafeServer() {
        return new PostgresSettings(url, poolSize, policy, true, patience);
    }

    /** For tests in which a machine that stands still for a moment must not be the one who decides. */
    public PostgresSettings withPatience(int times) {
        return new PostgresSettings(url, poolSize, policy, toleratesUnsafeServer, times);
    }
}
