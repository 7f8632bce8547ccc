package dev.workflow.contracts;

import dev.workflow.domain.port.DeadLetters;
import dev.workflow.domain.port.DeliveryRepository;
import dev.workflow.domain.port.Outbox;
import dev.workflow.domain.port.Statistics;
import dev.workflow.domain.port.Upkeep;
import dev.workflow.domain.port.WorkflowRepository;
import java.time.Duration;
import java.time.Instant;

/** An {@link InMemoryStore} whose clock stands still until it is aged. */
final class InMemoryFixture implements StoreFixture {
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
    public Duration age(Duration by) {
        clock.advance(by);
        return Duration.ZERO;
    }
}
