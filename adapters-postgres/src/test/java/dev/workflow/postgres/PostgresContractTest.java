package dev.workflow.postgres;

import dev.workflow.contracts.DeadLettersContract;
import dev.workflow.contracts.DeliveryRepositoryContract;
import dev.workflow.contracts.FilterContract;
import dev.workflow.contracts.KeyContract;
import dev.workflow.contracts.LeaseContract;
import dev.workflow.contracts.OutboxContract;
import dev.workflow.contracts.SettlementContract;
import dev.workflow.contracts.StatisticsContract;
import dev.workflow.contracts.StoreFixture;
import dev.workflow.contracts.StoryContract;
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

    @Nested
    class Leases extends LeaseContract {
        @Override
        protected StoreFixture emptyStore() {
            return store.emptied();
        }
    }

    @Nested
    class Settlements extends SettlementContract {
        @Override
        protected StoreFixture emptyStore() {
            return store.emptied();
        }
    }

    @Nested
    class WithKeys extends KeyContract {
        @Override
        protected StoreFixture emptyStore() {
            return store.emptied();
        }
    }

    @Nested
    class Dead extends DeadLettersContract {
        @Override
        protected StoreFixture emptyStore() {
            return store.emptied();
        }
    }

    @Nested
    class Filters extends FilterContract {
        @Override
        protected StoreFixture emptyStore() {
            return store.emptied();
        }
    }

    @Nested
    class Counted extends StatisticsContract {
        @Override
        protected StoreFixture emptyStore() {
            return store.emptied();
        }
    }

    @Nested
    class Stories extends StoryContract {
        @Override
        protected StoreFixture emptyStore() {
            return store.emptied();
        }
    }
}
