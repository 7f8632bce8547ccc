package dev.workflow.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workflow.domain.Fault;
import dev.workflow.domain.Keyed;
import dev.workflow.domain.SubmitOutcome;
import dev.workflow.domain.port.DeadLetters;
import dev.workflow.domain.port.DeliveryRepository;
import dev.workflow.domain.port.Outbox;
import dev.workflow.domain.port.Statistics;
import dev.workflow.domain.port.Upkeep;
import dev.workflow.domain.port.WorkflowRepository;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class InMemoryStoreTest {
    @Nested
    class Workflows extends WorkflowRepositoryContract {
        @Override
        protected StoreFixture emptyStore() {
            return new Fixture();
        }
    }

    @Nested
    class Deliveries extends DeliveryRepositoryContract {
        @Override
        protected StoreFixture emptyStore() {
            return new Fixture();
        }
    }

    @Nested
    class AsOutbox extends OutboxContract {
        @Override
        protected StoreFixture emptyStore() {
            return new Fixture();
        }
    }

    @Nested
    class AsUpkeep extends UpkeepContract {
        @Override
        protected StoreFixture emptyStore() {
            return new Fixture();
        }
    }

    @Nested
    class Leases extends LeaseContract {
        @Override
        protected StoreFixture emptyStore() {
            return new Fixture();
        }
    }

    @Nested
    class WithKeys extends KeyContract {
        @Override
        protected StoreFixture emptyStore() {
            return new Fixture();
        }
    }

    @Nested
    class Dead extends DeadLettersContract {
        @Override
        protected StoreFixture emptyStore() {
            return new Fixture();
        }
    }

    @Nested
    class Filters extends FilterContract {
        @Override
        protected StoreFixture emptyStore() {
            return new Fixture();
        }
    }

    @Nested
    class Counted extends StatisticsContract {
        @Override
        protected StoreFixture emptyStore() {
            return new Fixture();
        }
    }

    @Test
    void canGoAwayAndComeBack() {
        InMemoryStore store = new InMemoryStore(new SettableClock(Instant.EPOCH));
        Fault away = new Fault.Unavailable("The database is away.");
        store.goAway(away);
        assertThatThrownBy(store::isEmpty).isSameAs(away);
        assertThatThrownBy(() -> store.claim(List::of)).isSameAs(away);
        assertThat(store.insert(List.of(StoreContract.submission(StoreContract.workflow("1")))))
                .containsExactly(new Keyed.Fresh<>(new SubmitOutcome.Failed(away)));
        store.goAway(null);
        assertThat(store.isEmpty()).isTrue();
    }

    private static final class Fixture implements StoreFixture {
        private final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
        private final InMemoryStore store = new InMemoryStore(clock);

        @Override
        public WorkflowRepository workflows() {
            return store;
        }

        @Override
        public DeliveryRepository deliveries() {
            return store;
        }

        @Override
        public DeadLetters deadLetters() {
            return store;
        }

        @Override
        public Statistics statistics() {
            return store;
        }

        @Override
        public Outbox outbox() {
            return store;
        }

        @Override
        public Upkeep upkeep() {
            return store;
        }

        @Override
        public void age(Duration by) {
            clock.advance(by);
        }
    }
}
