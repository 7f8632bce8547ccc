package dev.workflow.postgres.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.domain.StateName;
import dev.workflow.postgres.PostgresStore;
import dev.workflow.postgres.TestStore;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Counts beyond what is counted for each question. */
final class TallyTest {
    private final TestStore store = TestStore.create();

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void manyAreAsManyAsTheyWereWhenTheyWereLastCounted() {
        consume(Tally.EXACT_UP_TO);
        assertThat(consumed()).isEqualTo(Tally.EXACT_UP_TO);
        consume(5);
        assertThat(consumed()).as("at least").isEqualTo(Tally.EXACT_UP_TO + 1);

        store.statistics().recount();
        assertThat(consumed()).isEqualTo(Tally.EXACT_UP_TO + 5);

        consume(5);
        store.statistics().recount();
        assertThat(consumed()).as("counted a moment ago").isEqualTo(Tally.EXACT_UP_TO + 5);
        store.age(Duration.ofSeconds(31));
        store.statistics().recount();
        assertThat(consumed()).isEqualTo(Tally.EXACT_UP_TO + 10);
    }

    @Test
    void fewAreCountedExactlyWhateverWasCountedBefore() {
        store.execute("INSERT INTO tally VALUES ('consumed', 999999, now())");
        consume(3);
        assertThat(consumed()).isEqualTo(3);
    }

    /** What cannot have changed much is believed, but not for ever. */
    @Test
    void veryManyAreNotLookedAtForAMinute() {
        store.execute("INSERT INTO tally VALUES ('consumed', 1000000, now())");
        assertThat(consumed()).isEqualTo(1_000_000);
        store.age(Duration.ofMinutes(1));
        assertThat(consumed()).isZero();
    }

    /** Each gives the lock back, or nobody would ever count again. */
    @Test
    void anotherInstanceCountsNext() {
        consume(Tally.EXACT_UP_TO + 5);
        store.statistics().recount();
        store.age(Duration.ofSeconds(31));
        consume(1);
        try (PostgresStore other = PostgresStore.open(TestStore.settings(store.url()))) {
            other.statistics().recount();
        }
        assertThat(consumed()).isEqualTo(Tally.EXACT_UP_TO + 6);
    }

    private void consume(int count) {
        store.execute("INSERT INTO consumed (id, version, consumed_at, attempts)"
                + " SELECT gen_random_uuid(), 2, now(), 0 FROM generate_series(1, " + count + ")");
    }

    private long consumed() {
        return store.statistics().counts().byState().getOrDefault(StateName.CONSUMED, -1L);
    }
}
