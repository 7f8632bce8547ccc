package dev.workflow.contracts;

import net.jqwik.api.PropertyDefaults;

@PropertyDefaults(tries = 1000)
final class InMemoryStoreModelTest extends ModelContract {
    @Override
    protected StoreFixture emptyStore() {
        return new InMemoryFixture();
    }
}
