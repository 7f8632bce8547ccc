package dev.workflow.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.StoreContract;
import dev.workflow.contracts.StoreFixture;
import dev.workflow.domain.Criterion;
import dev.workflow.domain.Listing;
import dev.workflow.domain.Status;
import dev.workflow.domain.StatusChange;
import dev.workflow.domain.Workflow;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Statements that were prepared while the tables were known to be empty still go by the indexes when they are full. */
final class PlansTest extends StoreContract {
    /** After so many uses the driver and the server have settled on a plan. */
    private static final int UNTIL_SETTLED = 12;

    private final TestStore store = TestStore.create();

    @Override
    protected StoreFixture emptyStore() {
        store.emptied().execute("VACUUM ANALYZE");
        return store;
    }

    @Test
    void noTableIsReadFromEndToEnd() {
        for (int i = 0; i < UNTIL_SETTLED; i++) {
            useEverything();
        }
        store.close();
        assertThat(tuplesRead("seq_tup_read")).isZero();
        assertThat(tuplesRead("idx_tup_fetch")).isPositive();
    }

    private void useEverything() {
        List<Workflow> all = stored("1", "2", "3");
        drainAll();
        claim(all.get(0), all.get(1));
        for (Status status : List.of(Status.CONSUMED, Status.INSERTED)) {
            store.workflows().changeStatus(StatusChange.of(all.get(2).id(), status));
        }
        store.upkeep().requeue(store.upkeep().now().minus(Duration.ofHours(1)), 10);
        found(all.get(0).id());
    }

    /** Each table once at most; a plan that was kept reads a table for each row of another. */
    @Test
    void aPageReadsNothingTwice() {
        for (int i = 0; i < UNTIL_SETTLED; i++) {
            pageAfter(workflow("0"));
        }
        List<Workflow> all = stored(Collections.nCopies(2000, "1").toArray(String[]::new));
        pageAfter(all.get(0));
        store.close();
        assertThat(tuplesRead("seq_tup_read") + tuplesRead("idx_tup_fetch")).isLessThan(10_000);
    }

    private void pageAfter(Workflow workflow) {
        Listing all = Listing.ofAll(200).after(workflow.id());
        store.workflows().page(all);
        for (Status status : Status.values()) {
            store.workflows().page(all.with(new Criterion.HasStatus(status)));
        }
    }

    private long tuplesRead(String how) {
        return store.number("SELECT coalesce(sum(" + how + "), 0) FROM pg_stat_user_tables"
                + " WHERE relname IN ('workflow', 'pending', 'consumed')");
    }
}
