package dev.workflow.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.StoreContract;
import org.junit.jupiter.api.Test;

/** A look at an outbox through which much has gone must not walk over all of that. */
final class OutboxClearedTest extends OnOneDatabase {
    private static final int MANY = 25_000;

    @Test
    void whatIsGoneIsClearedAway() {
        store.execute("ALTER TABLE outbox SET (autovacuum_enabled = off)");
        store.execute(
                "INSERT INTO outbox (workflow_ids, queued_at) SELECT ARRAY[gen_random_uuid()], now() FROM generate_series(1, "
                        + MANY + ")");

        int drained = 0;
        while (!store.outbox().isEmpty()) {
            drained += store.outbox().drain(1000, StoreContract::allOf);
        }

        assertThat(drained).isEqualTo(MANY);
        assertThat(store.number("SELECT relallvisible FROM pg_class WHERE relname = 'outbox'"))
                .as("pages that a vacuum has seen empty")
                .isPositive();
    }
}
