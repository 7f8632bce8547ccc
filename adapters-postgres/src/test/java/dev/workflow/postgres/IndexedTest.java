package dev.workflow.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.StoreFixture;
import org.junit.jupiter.api.Test;

/** What is new goes into the index of the filters beside the requests, not while one of them waits for it. */
final class IndexedTest extends OnOneDatabase {
    private static final int MANY = 60_000;
    /** So much the server keeps apart before it makes a statement empty the list, unless it is told otherwise: 4 MiB. */
    private static final int PAGES = 512;

    private static final String PAGES_OF_NEW_ENTRIES = "SELECT gin_clean_pending_list('workflow_content')";

    @Override
    protected StoreFixture emptyStore() {
        store.emptied().execute("ALTER TABLE workflow SET (autovacuum_enabled = off)");
        return store;
    }

    @Test
    void upkeepPutsInWhatIsNew() {
        storeMany();

        store.upkeep().index();

        assertThat(store.number(PAGES_OF_NEW_ENTRIES)).isZero();
    }

    @Test
    void noInsertionEmptiesTheList() {
        storeMany();

        assertThat(store.number(PAGES_OF_NEW_ENTRIES)).isGreaterThan(PAGES);
    }

    private void storeMany() {
        store.execute("""
                INSERT INTO workflow (id, source, steps)
                SELECT gen_random_uuid(), '{"n":' || n || ',"of":"many"}', ARRAY['a', 'b'] FROM generate_series(1, %d) AS n
                """.formatted(MANY));
    }
}
