package dev.workflow.postgres;

import dev.workflow.contracts.StoreContract;
import dev.workflow.contracts.StoreFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Two replicas on one database, which is empty before each test. */
public abstract class TwoStores extends StoreContract {
    protected static TestStore first;
    protected static PostgresStore second;

    @BeforeAll
    protected static void open() {
        first = TestStore.create();
        second = PostgresStore.open(TestStore.patient(first.url()));
    }

    @AfterAll
    protected static void close() {
        second.close();
        first.close();
    }

    @Override
    protected StoreFixture emptyStore() {
        return first.emptied();
    }
}
