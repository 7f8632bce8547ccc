package dev.workflow.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workflow.postgres.server.CannotOpenStore;
import org.junit.jupiter.api.Test;

final class QueueOwnershipTest {
    @Test
    void oneInstanceAtATime() {
        try (TestStore store = TestStore.create();
                PostgresStore second = PostgresStore.open(TestStore.settings(store.url()))) {
            QueueOwnership ownership = store.postgres().ownQueue();
            assertThatThrownBy(second::ownQueue)
                    .isInstanceOf(CannotOpenStore.class)
                    .hasMessageContaining("RABBITMQ_URI");
            ownership.close();
            second.ownQueue().close();
        }
    }

    @Test
    void eachDatabaseHasItsOwn() {
        try (TestStore store = TestStore.create();
                TestStore other = TestStore.create();
                QueueOwnership one = store.postgres().ownQueue();
                QueueOwnership two = other.postgres().ownQueue()) {
            assertThat(one).isNotSameAs(two);
        }
    }

    @Test
    void isTakenAgainAfterTheConnectionWasLost() {
        try (TestStore store = TestStore.create();
                PostgresStore second = PostgresStore.open(TestStore.settings(store.url()));
                QueueOwnership ownership = store.postgres().ownQueue()) {
            endOwner(store);
            assertThat(ownership.keep()).isTrue();
            assertThat(ownership.keep()).isTrue();
            endOwner(store);
            try (QueueOwnership other = second.ownQueue()) {
                assertThat(ownership.keep()).isFalse();
                assertThat(ownership.keep()).isFalse();
                assertThat(other.keep()).isTrue();
            }
        }
    }

    private static void endOwner(TestStore store) {
        store.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE locktype = 'advisory'"
                + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");
    }
}
