package dev.workflow.application;

import static dev.workflow.contracts.Outcomes.fresh;

import dev.workflow.contracts.Eventually;
import dev.workflow.contracts.InMemoryStore;
import dev.workflow.domain.Content;
import dev.workflow.domain.Keyed;
import dev.workflow.domain.RequestKey;
import dev.workflow.domain.SubmitOutcome;
import dev.workflow.domain.TimeOrderedIds;
import dev.workflow.domain.Utf8Text;
import dev.workflow.domain.csv.Rendition;
import dev.workflow.domain.delivery.DeliveryTerms;
import dev.workflow.domain.delivery.Form;
import dev.workflow.domain.delivery.SettleOutcome;
import dev.workflow.domain.delivery.Verdict;
import dev.workflow.domain.port.DeadLetters;
import dev.workflow.domain.port.DeliveryRepository;
import dev.workflow.domain.port.Outbox;
import dev.workflow.domain.port.Statistics;
import dev.workflow.domain.port.Upkeep;
import dev.workflow.domain.port.WorkflowQueue;
import dev.workflow.domain.port.WorkflowRepository;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An instance of the service on a store and a queue that others may use too. Its relay moves when the test says so. However
 * slow the machine is, its consumers lose their patience only where that is the matter.
 */
final class Instance implements AutoCloseable {
    static final Duration RECONCILE_AFTER = Duration.ofSeconds(30);
    static final Duration LONG_PATIENCE = Duration.ofMinutes(1);
    /** Nothing that should go back to the queue soon does so for this reason. */
    private static final Duration KEEP = Duration.ofHours(1);

    static final Duration SHORT_PATIENCE = Duration.ofMillis(10);
    private static final TimeOrderedIds IDS = new TimeOrderedIds(InstantSource.system());

    final RelayOutbox relay;
    final SubmitWorkflows submit;
    final ConsumeWorkflows consume;
    final ChangeStatus changeStatus;
    final RequeueLost requeueLost;
    final SettleDelivery settle;
    final RedriveDead redrive;
    final EndLeases endLeases;
    final Instruments instruments = new Instruments(new Schedule(), new Throughput(), IDS);

    Instance(InMemoryStore store, WorkflowQueue queue) {
        this(store, queue, CrashPoint.never());
    }

    Instance(InMemoryStore store, WorkflowQueue queue, CrashPoint crash) {
        this(store, queue, crash, LONG_PATIENCE);
    }

    static Instance impatient(InMemoryStore store, WorkflowQueue queue) {
        return new Instance(store, queue, CrashPoint.never(), SHORT_PATIENCE);
    }

    private Instance(InMemoryStore store, WorkflowQueue queue, CrashPoint crash, Duration patience) {
        WorkflowRepository workflows = crash.through(WorkflowRepository.class, store);
        DeliveryRepository deliveries = crash.through(DeliveryRepository.class, store);
        WorkflowQueue broker = crash.through(WorkflowQueue.class, queue);
        Upkeep upkeep = crash.through(Upkeep.class, store);
        QueueFront front = new QueueFront(broker, instruments.schedule(), KEEP);
        relay = new RelayOutbox(crash.through(Outbox.class, store), broker);
        Statistics statistics = crash.through(Statistics.class, store);
        consume = new ConsumeWorkflows(deliveries, front, relay, statistics, instruments, patience);
        submit = new SubmitWorkflows(workflows, relay, consume::holds, instruments);
        settle = new SettleDelivery(deliveries, relay, instruments);
        redrive = new RedriveDead(crash.through(DeadLetters.class, store), relay, consume::holds);
        endLeases = new EndLeases(upkeep, relay);
        changeStatus = new ChangeStatus(workflows, relay, consume::holds);
        requeueLost = new RequeueLost(upkeep, broker, front, relay, RECONCILE_AFTER);
    }

    SubmitOutcome submit(String... data) {
        return fresh(submit(null, data));
    }

    Keyed<SubmitOutcome> submit(@Nullable RequestKey key, String... data) {
        List<Content> contents = Stream.of(data)
                .map(text -> new Content(Utf8Text.of(text), List.of()))
                .toList();
        return submit.submit(contents, key).toCompletableFuture().join();
    }

    SettleOutcome settle(UUID deliveryId, Verdict verdict) {
        return Stages.await(settle.settle(deliveryId, verdict));
    }

    private static final Set<RelayOutbox.Progress> MORE =
            EnumSet.of(RelayOutbox.Progress.MORE, RelayOutbox.Progress.NEWER);

    /** Publishes until nothing more can be published. */
    void relayAll() {
        while (MORE.contains(relay.step())) {
            // one more batch
        }
    }

    /** Data, one a line. */
    static final Form DATA = new Form(
            "data",
            workflows -> Rendition.of(Utf8Text.of(workflows.stream()
                    .map(each -> each.content().data().toString())
                    .collect(Collectors.joining("\n")))));

    /** The same, once the latch is open: until then a consumer is being served. */
    static Form held(CountDownLatch open) {
        return new Form("held", workflows -> {
            Eventually.opens(open);
            return DATA.render(workflows);
        });
    }

    /** For one workflow, if it is there now. */
    static ConsumeOrder forOne(DeliveryTerms terms) {
        return new ConsumeOrder(terms, 1, Duration.ZERO, () -> false);
    }

    ConsumeOutcome consume() {
        return consume(forOne(DeliveryTerms.finalIn(DATA)));
    }

    ConsumeOutcome consume(ConsumeOrder order) {
        return fresh(consume.consume(order).toCompletableFuture().join());
    }

    @Override
    public void close() {
        submit.close();
        consume.close();
        settle.close();
        relay.close();
        instruments.schedule().close();
    }
}
