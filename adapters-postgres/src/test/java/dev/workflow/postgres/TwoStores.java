package dev.workflow.postgres;

import dev.workflow.contracts.StoreContract;
import dev.workflow.contracts.StoreFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Two replicas on one database, which is empty before each test. */
abstract class TwoStores extends StoreContract {
    static TestStore first;
    static PostgresStore second;

    @BeforeAll
    static void open() {
        first = TestStore.create();
        second = PostgresStore.open(TestStore.patient(first.url()));
    }

    @AfterAll
    static void close() {
        second.close();
        first.close();
    }

    @Override
    protected StoreFixture emptyStore() {
        return first.emptied();
    }
}
