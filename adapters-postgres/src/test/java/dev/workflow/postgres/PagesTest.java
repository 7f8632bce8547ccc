package dev.workflow.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.StoreContract;
import dev.workflow.contracts.StoreFixture;
import dev.workflow.domain.Criterion;
import dev.workflow.domain.Listing;
import dev.workflow.domain.Status;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How much a page holds. */
final class PagesTest extends StoreContract {
    private static TestStore store;

    @BeforeAll
    static void open() {
        store = TestStore.create();
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @Override
    protected StoreFixture emptyStore() {
        return store.emptied();
    }

    @Test
    void aPageOfLargeOnesIsShort() {
        String large = "\"" + "x".repeat(1_000_000) + "\"";
        for (int i = 0; i < 15; i++) {
            stored(large);
        }
        Listing all = Listing.ofAll(1000);
        for (Listing listing : List.of(
                all,
                all.with(new Criterion.HasStatus(Status.INSERTED)),
                new Listing(List.of(), Listing.Order.NEWEST_FIRST, null, 1000))) {
            assertThat(store.workflows().page(listing)).hasSize(9);
        }
    }

    @Test
    void aPageOfSmallOnesIsFull() {
        stored(Collections.nCopies(1000, "1").toArray(String[]::new));
        assertThat(store.workflows().page(Listing.ofAll(1000))).hasSize(1000);
    }
}
