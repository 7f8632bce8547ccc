package dev.workflow.postgres.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.postgres.OnOneDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Filling a queue again beside a very long outbox, as after a start when the queue had been full. Else it takes minutes. */
@Timeout(60)
final class RequeueTest extends OnOneDatabase {
    private static final int TIMES = 8;
    private static final int PAGE = 250;

    @Test
    void doesNotDependOnHowMuchIsInTheOutbox() {
        store.execute("""
                INSERT INTO outbox (workflow_ids, queued_at)
                    SELECT ARRAY[gen_random_uuid()], now() - interval '1 hour' FROM generate_series(1, 400000);
                INSERT INTO workflow (id, source, steps)
                    SELECT gen_random_uuid(), '1', '{}' FROM generate_series(1, 2000);
                INSERT INTO pending (id, queued_at, attempts)
                    SELECT id, now() - interval '2 hours', 0 FROM workflow;
                ANALYZE""");
        for (int i = 0; i < TIMES; i++) {
            assertThat(store.upkeep().requeue(store.upkeep().now(), PAGE)).isEqualTo(PAGE);
        }
    }
}
