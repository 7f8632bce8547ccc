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

    /**
     * Lets time pass without waiting: everything stored so far is older by {@code by} afterwards.
     *
     * @return how far stored times were moved back for that; what was read of them before is so much too young
     */
    Duration age(Duration by);

    /** Fails where something is not as it should be that no port shows. */
    default void check() {}
}
