package dev.workflow.postgres;

/**
 * How to use a database.
 *
 * @param poolSize most connections that requests use at a time; publishing has two more
 * @param toleratesUnsafeServer whether a server may run that forgets what it committed; for tests only
 */
public record PostgresSettings(DatabaseUrl url, int poolSize, boolean toleratesUnsafeServer) {
    private static final int DEFAULT_POOL_SIZE = 10;

    /** What holds when nothing else is said. */
    public static PostgresSettings of(DatabaseUrl url) {
        return new PostgresSettings(url, DEFAULT_POOL_SIZE, false);
    }

    public PostgresSettings withPoolSize(int size) {
        return new PostgresSettings(url, size, toleratesUnsafeServer);
    }

    /** For tests, whose databases are forgotten anyway. */
    public PostgresSettings toleratingUnsafeServer() {
        return new PostgresSettings(url, poolSize, true);
    }
}
