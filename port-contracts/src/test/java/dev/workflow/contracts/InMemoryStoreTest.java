package dev.workflow.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workflow.domain.Fault;
import dev.workflow.domain.Keyed;
import dev.workflow.domain.SubmitOutcome;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class InMemoryStoreTest {
    @Nested
    class Workflows extends WorkflowRepositoryContract {
        @Override
        protected StoreFixture emptyStore() {
            return new InMemoryFixture();
        }
    }

    @Nested
    class Deliveries extends DeliveryRepositoryContract {
        @Override
        protected StoreFixture emptyStore() {
            return new InMemoryFixture();
        }
    }

    @Nested
    class AsOutbox extends OutboxContract {
        @Override
        protected StoreFixture emptyStore() {
            return new InMemoryFixture();
        }
    }

    @Nested
    class AsUpkeep extends UpkeepContract {
        @Override
        protected StoreFixture emptyStore() {
            return new InMemoryFixture();
        }
    }

    @Nested
    class Leases extends LeaseContract {
        @Override
        protected StoreFixture emptyStore() {
            return new InMemoryFixture();
        }
    }

    @Nested
    class Settlements extends SettlementContract {
        @Override
        protected StoreFixture emptyStore() {
            return new InMemoryFixture();
        }
    }

    @Nested
    class WithKeys extends KeyContract {
        @Override
        protected StoreFixture emptyStore() {
            return new InMemoryFixture();
        }
    }

    @Nested
    class Dead extends DeadLettersContract {
        @Override
        protected StoreFixture emptyStore() {
            return new InMemoryFixture();
        }
    }

    @Nested
    class Filters extends FilterContract {
        @Override
        protected StoreFixture emptyStore() {
            return new InMemoryFixture();
        }
    }

    @Nested
    class Counted extends StatisticsContract {
        @Override
        protected StoreFixture emptyStore() {
            return new InMemoryFixture();
        }
    }

    @Nested
    class Stories extends StoryContract {
        @Override
        protected StoreFixture emptyStore() {
            return new InMemoryFixture();
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
}
