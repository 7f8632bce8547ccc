package dev.workflow.contracts;

import dev.workflow.domain.port.DeadLetters;
import dev.workflow.domain.port.DeliveryRepository;
import dev.workflow.domain.port.Outbox;
import dev.workflow.domain.port.Statistics;
import dev.workflow.domain.port.Upkeep;
import dev.workflow.domain.port.WorkflowRepository;
import java.time.Duration;

/** An empty store under test, seen through its ports. */
public interface StoreFixture {
    WorkflowRepository workflows();

    DeliveryRepository deliveries();

    DeadLetters deadLetters();

    Outbox outbox();

    Upkeep upkeep();

    Statistics statistics();

    /** Lets time pass without waiting: everything stored so far is older by {@code by} afterwards. */
    void age(Duration by);
}
