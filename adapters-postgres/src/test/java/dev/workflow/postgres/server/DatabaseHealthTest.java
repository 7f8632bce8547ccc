package dev.workflow.postgres.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.Eventually;
import dev.workflow.domain.Health;
import dev.workflow.postgres.PostgresStore;
import dev.workflow.postgres.TestStore;
import dev.workflow.postgres.Wire;
import org.junit.jupiter.api.Test;

final class DatabaseHealthTest {
    @Test
    void tellsWhetherTheDatabaseKeepsItsPromise() {
        try (TestStore store = TestStore.create()) {
            assertThat(store.postgres().database().name()).isEqualTo("database");
            Health health = firstUp(store.postgres());
            assertThat(((Health.Up) health).details())
                    .containsOnlyKeys("server_version", "fsync", "synchronous_commit", "full_page_writes")
                    .containsEntry("synchronous_commit", "on")
                    .doesNotContainValue("");
        }
    }

    @Test
    void tellsThatItIsAway() {
        try (TestStore store = TestStore.create();
                Wire wire = new Wire(store.port());
                PostgresStore wired = PostgresStore.open(TestStore.settings(store.url(wire.port())))) {
            firstUp(wired);
            wire.refuse(true);
            wire.breakAll();
            assertThat(wired.database().check()).isInstanceOf(Health.Down.class);
            wire.refuse(false);
            firstUp(wired);
        }
    }

    /** As after a failover, when the old connections are gone and new ones lead to what is a standby now. */
    @Test
    void tellsThatItIsReadOnly() {
        try (TestStore store = TestStore.create()) {
            firstUp(store.postgres());
            String name = DatabaseUrl.parse(store.url()).database();
            store.execute("ALTER DATABASE " + name + " SET default_transaction_read_only = on");
            store.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
            Eventually.holds(
                    "it says so",
                    () -> store.postgres().database().check().equals(new Health.Down("It is read-only.")));
        }
    }

    /** A slow machine may take longer to connect than a check may take. */
    private static Health firstUp(PostgresStore store) {
        Health health = store.database().check();
        while (health instanceof Health.Down) {
            health = store.database().check();
        }
        return health;
    }
}
