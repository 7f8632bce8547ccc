package dev.workflow.postgres;

import dev.workflow.contracts.StoreContract;
import dev.workflow.contracts.StoreFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** The tests of a class, one after the other, on a database that is emptied before each. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class OnOneDatabase extends StoreContract {
    protected final TestStore store = TestStore.create();

    @Override
    protected StoreFixture emptyStore() {
        return store.emptied();
    }

    @AfterAll
    protected final void close() {
        store.close();
    }
}
