package dev.workflow.application;

import dev.workflow.contracts.InMemoryStore;
import dev.workflow.domain.Content;
import dev.workflow.domain.Rendition;
import dev.workflow.domain.SubmitOutcome;
import dev.workflow.domain.TimeOrderedIds;
import dev.workflow.domain.Utf8Text;
import dev.workflow.domain.port.DeliveryRepository;
import dev.workflow.domain.port.Outbox;
import dev.workflow.domain.port.Upkeep;
import dev.workflow.domain.port.WorkflowQueue;
import dev.workflow.domain.port.WorkflowRepository;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** An instance of the service on a store and a queue that others may use too. Its relay moves when the test says so. */
final class Instance implements AutoCloseable {
    static final Duration RECONCILE_AFTER = Duration.ofSeconds(30);
    private static final TimeOrderedIds IDS = new TimeOrderedIds(InstantSource.system());

    final RelayOutbox relay;
    final SubmitWorkflows submit;
    final ConsumeWorkflows consume;
    final ChangeStatus changeStatus;
    final RequeueLost requeueLost;
    private final Schedule schedule = new Schedule();

    Instance(InMemoryStore store, WorkflowQueue queue) {
        this(store, queue, CrashPoint.never());
    }

    Instance(InMemoryStore store, WorkflowQueue queue, CrashPoint crash) {
        WorkflowRepository workflows = crash.through(WorkflowRepository.class, store);
        DeliveryRepository deliveries = crash.through(DeliveryRepository.class, store);
        WorkflowQueue broker = crash.through(WorkflowQueue.class, queue);
        QueueFront front = new QueueFront(broker, schedule);
        relay = new RelayOutbox(crash.through(Outbox.class, store), broker);
        submit = new SubmitWorkflows(workflows, IDS, relay, schedule);
        consume = new ConsumeWorkflows(deliveries, front, relay, IDS, schedule);
        changeStatus = new ChangeStatus(workflows, relay);
        requeueLost = new RequeueLost(crash.through(Upkeep.class, store), broker, front, relay, RECONCILE_AFTER);
    }

    SubmitOutcome submit(String... data) {
        List<Content> contents = Stream.of(data)
                .map(text -> new Content(Utf8Text.of(text), List.of()))
                .toList();
        return submit.submit(contents).toCompletableFuture().join();
    }

    /** Publishes until nothing more can be published. */
    void relayAll() {
        while (relay.step() == RelayOutbox.Progress.MORE) {
            // one more batch
        }
    }

    ConsumeOutcome consume() {
        return consume.consume(
                        workflows -> Rendition.of(workflows.getFirst().content().data()))
                .toCompletableFuture()
                .join();
    }

    @Override
    public void close() {
        submit.close();
        consume.close();
        relay.close();
        schedule.close();
    }
}
