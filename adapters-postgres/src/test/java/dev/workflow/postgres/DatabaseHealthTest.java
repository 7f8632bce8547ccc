package dev.workflow.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.domain.Health;
import org.junit.jupiter.api.Test;

final class DatabaseHealthTest {
    @Test
    void tellsWhetherTheDatabaseKeepsItsPromise() {
        try (TestStore store = TestStore.create()) {
            assertThat(store.postgres().database().name()).isEqualTo("database");
            Health health = store.postgres().database().check();
            assertThat(health).isInstanceOf(Health.Up.class);
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
            assertThat(wired.database().check()).isInstanceOf(Health.Up.class);
            wire.refuse(true);
            wire.breakAll();
            assertThat(wired.database().check()).isInstanceOf(Health.Down.class);
            wire.refuse(false);
            Health health = wired.database().check();
            while (health instanceof Health.Down) {
                health = wired.database().check();
            }
            assertThat(health).isInstanceOf(Health.Up.class);
        }
    }
}
