package dev.workflow.postgres;

import dev.workflow.contracts.ModelContract;
import dev.workflow.contracts.StoreFixture;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Random stories, fewer than in memory: each step is a transaction or two. */
@PropertyDefaults(tries = 15)
final class PostgresModelTest extends ModelContract {
    private static TestStore store;

    @BeforeContainer
    static void open() {
        store = TestStore.create();
    }

    @AfterContainer
    static void close() {
        store.close();
    }

    @Override
    protected StoreFixture emptyStore() {
        return store.emptied();
    }
}
