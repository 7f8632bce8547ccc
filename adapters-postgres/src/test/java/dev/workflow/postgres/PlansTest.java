package dev.workflow.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.StoreContract;
import dev.workflow.contracts.StoreFixture;
import dev.workflow.domain.Listing;
import dev.workflow.domain.Status;
import dev.workflow.domain.StatusChange;
import dev.workflow.domain.Workflow;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Statements that were prepared while the tables were empty still go by the indexes. */
final class PlansTest extends StoreContract {
    private final TestStore store = TestStore.create();

    @Override
    protected StoreFixture emptyStore() {
        return store;
    }

    @Test
    void noTableIsReadFromEndToEnd() {
        for (int i = 0; i < 12; i++) {
            useEverything();
        }
        store.close();
        assertThat(store.number("""
                        SELECT coalesce(sum(seq_scan), 0) FROM pg_stat_user_tables
                        WHERE relname IN ('workflow', 'pending', 'consumed') AND seq_tup_read > 0
                        """)).isZero();
        assertThat(store.number("SELECT sum(idx_scan) FROM pg_stat_user_tables WHERE relname = 'pending'"))
                .isPositive();
    }

    private void useEverything() {
        List<Workflow> all = stored("1", "2", "3");
        drainAll();
        claim(all.get(0), all.get(1));
        for (Status status : List.of(Status.CONSUMED, Status.INSERTED)) {
            store.workflows().changeStatus(new StatusChange(all.get(2).id(), status, null));
            store.workflows().page(new Listing(status, all.get(0).id(), 10));
        }
        store.workflows().page(new Listing(null, all.get(0).id(), 10));
        store.upkeep().requeue(store.upkeep().now().minus(Duration.ofHours(1)), 10);
        found(all.get(0).id());
    }
}
