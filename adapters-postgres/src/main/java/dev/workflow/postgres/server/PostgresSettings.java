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
    /** Those of a service. */
    public static PostgresSettings of(DatabaseUrl url, int poolSize, StorePolicy policy) {
        return new PostgresSettings(url, poolSize, policy, false, 1);
    }
}
