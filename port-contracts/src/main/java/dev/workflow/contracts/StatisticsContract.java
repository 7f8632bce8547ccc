package dev.workflow.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.domain.Counts;
import dev.workflow.domain.StateName;
import dev.workflow.domain.Verdict;
import dev.workflow.domain.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What {@link dev.workflow.domain.port.Statistics} tell. */
public abstract class StatisticsContract extends StoreContract {
    @Test
    void anEmptyStoreHasNothing() {
        Counts counts = store().statistics().counts();
        assertThat(counts.byState())
                .isEqualTo(Map.of(
                        StateName.WAITING,
                        0L,
                        StateName.DELAYED,
                        0L,
                        StateName.LEASED,
                        0L,
                        StateName.DEAD,
                        0L,
                        StateName.CONSUMED,
                        0L));
        assertThat(counts.outbox()).isZero();
        assertThat(counts.oldestWaiting()).isNull();
    }

    @Test
    void everyStateIsCounted() {
        List<Workflow> all = stored("1", "2", "3", "4", "5", "6", "7");
        drainAll();
        settle(all.get(1), Duration.ofHours(1));
        leased(Duration.ofHours(1), all.get(2));
        for (int attempt = 0; attempt < 5; attempt++) {
            settle(all.get(3), Duration.ZERO);
        }
        claim(all.get(4));
        claim(all.get(5));
        drainAll();
        store().age(MINUTE);
        settle(all.get(0), Duration.ZERO);

        store().statistics().recount();
        Counts counts = store().statistics().counts();

        assertThat(counts.byState())
                .isEqualTo(Map.of(
                        StateName.WAITING,
                        2L,
                        StateName.DELAYED,
                        1L,
                        StateName.LEASED,
                        1L,
                        StateName.DEAD,
                        1L,
                        StateName.CONSUMED,
                        2L));
        assertThat(counts.outbox()).isEqualTo(1);
        assertThat(counts.oldestWaiting()).isBetween(MINUTE, MINUTE.multipliedBy(5));
    }

    @Test
    void whatIsQueuedAgainBecauseItWasLostWaitsSinceBefore() {
        Workflow workflow = queuedOne();
        for (int i = 0; i < 2; i++) {
            store().age(MINUTE);
            assertThat(store().upkeep().requeue(store().upkeep().now(), 10)).isEqualTo(1);
            drainAll();
        }
        assertThat(oldestWaiting()).isBetween(MINUTE.multipliedBy(2), MINUTE.multipliedBy(5));

        settle(workflow, Duration.ZERO);
        assertThat(oldestWaiting()).as("after a delivery").isLessThan(MINUTE);
    }

    private Duration oldestWaiting() {
        return Objects.requireNonNull(store().statistics().counts().oldestWaiting());
    }

    private void settle(Workflow workflow, Duration delay) {
        store().deliveries()
                .settle(leased(Duration.ofHours(1), workflow).id(), new Verdict.Refuse(Set.of(), delay, null));
    }
}
