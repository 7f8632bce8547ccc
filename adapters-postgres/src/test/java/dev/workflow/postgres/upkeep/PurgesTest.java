package dev.workflow.postgres.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.postgres.TestStore;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PurgesTest {
    /** Made while nothing has come back from a delivery yet, such a plan would go through all that came back later. */
    @Test
    void aPlanForAnyNumberLooksUpEarlierDeliveriesOneByOne() {
        try (TestStore store = TestStore.create()) {
            store.execute("VACUUM ANALYZE");

            List<String> plan = store.plan(Purges.PURGE_CONSUMED
                    .replaceFirst("\\?", "CAST(\\$1 AS bigint)")
                    .replaceFirst("\\?", "CAST(\\$2 AS integer)"));

            List<String> conditions = IntStream.range(0, plan.size())
                    .filter(i -> plan.get(i).contains("Scan using earlier_delivery_pkey"))
                    .mapToObj(i -> plan.get(i + 1))
                    .toList();
            assertThat(conditions).hasSize(3).allMatch(line -> line.contains("Index Cond"));
        }
    }
}
