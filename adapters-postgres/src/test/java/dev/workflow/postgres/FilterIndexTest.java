package dev.workflow.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.Eventually;
import dev.workflow.contracts.StoreFixture;
import dev.workflow.domain.RequestKey;
import dev.workflow.domain.Submission;
import dev.workflow.domain.Workflow;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is new goes into the index of the filters beside the requests, not while one of them waits for it. */
final class FilterIndexTest extends OnOneDatabase {
    private static final int MIB = 1 << 20;
    /** So much the server keeps apart unless it is told otherwise, before it makes a statement empty the list: 4 MiB. */
    private static final int USUAL_PAGES = 512;

    @BeforeAll
    void lookIntoIndexes() {
        store.execute("CREATE EXTENSION pageinspect");
    }

    /** Nobody else empties the list. */
    @Override
    protected StoreFixture emptyStore() {
        store.execute("ALTER TABLE workflow SET (autovacuum_enabled = off)");
        return super.emptyStore();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsNewIsPutInNowAndThen(boolean withKey) {
        insertOfOneMib(withKey);
        insertOfOneMib(withKey);
        insertOfOneMib(withKey);
        assertThat(pagesOfNewEntries()).isPositive();

        insertOfOneMib(withKey);

        Eventually.holds("nothing is left in the list", () -> pagesOfNewEntries() == 0);
    }

    private void insertOfOneMib(boolean withKey) {
        RequestKey key = withKey ? key(UUID.randomUUID().toString()) : null;
        List<Workflow> workflows = Stream.generate(() -> workflow("\"" + "x".repeat(MIB / 512) + "\""))
                .limit(512)
                .toList();
        store.workflows().insert(List.of(new Submission(workflows, key)));
    }

    @Test
    void noStatementEmptiesTheList() {
        store.execute("""
                INSERT INTO workflow (id, source, steps)
                SELECT gen_random_uuid(), '{"n":' || n || ',"of":"many"}', ARRAY['a', 'b'] FROM generate_series(1, 60000) AS n
                """);

        assertThat(pagesOfNewEntries()).isGreaterThan(USUAL_PAGES);
    }

    private long pagesOfNewEntries() {
        return store.number("SELECT n_pending_pages FROM gin_metapage_info(get_raw_page('workflow_content', 0))");
    }
}
