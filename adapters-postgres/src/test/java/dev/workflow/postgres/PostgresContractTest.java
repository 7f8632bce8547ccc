package dev.workflow.postgres;

import dev.workflow.contracts.DeliveryRepositoryContract;
import dev.workflow.contracts.OutboxContract;
import dev.workflow.contracts.StoreFixture;
import dev.workflow.contracts.UpkeepContract;
import dev.workflow.contracts.WorkflowRepositoryContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

final class PostgresContractTest {
    private static TestStore store;

    @BeforeAll
    static void open() {
        store = TestStore.create();
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @Nested
    class Workflows extends WorkflowRepositoryContract {
        @Override
        protected StoreFixture emptyStore() {
            return store.emptied();
        }
    }

    @Nested
    class Deliveries extends DeliveryRepositoryContract {
        @Override
        protected StoreFixture emptyStore() {
            return store.emptied();
        }
    }

    @Nested
    class AsOutbox extends OutboxContract {
        @Override
        protected StoreFixture emptyStore() {
            return store.emptied();
        }
    }

    @Nested
    class AsUpkeep extends UpkeepContract {
        @Override
        protected StoreFixture emptyStore() {
            return store.emptied();
        }
    }
}
