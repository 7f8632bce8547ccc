package dev.workflow.bootstrap;

import dev.workflow.application.ChangeStatus;
import dev.workflow.application.ConsumeWorkflows;
import dev.workflow.application.EndLeases;
import dev.workflow.application.Instruments;
import dev.workflow.application.Lifecycle;
import dev.workflow.application.QueueFront;
import dev.workflow.application.RedriveDead;
import dev.workflow.application.RelayOutbox;
import dev.workflow.application.RemoveOld;
import dev.workflow.application.ReportHealth;
import dev.workflow.application.ReportStats;
import dev.workflow.application.RequeueLost;
import dev.workflow.application.Schedule;
import dev.workflow.application.SettleDelivery;
import dev.workflow.application.SubmitWorkflows;
import dev.workflow.application.Throughput;
import dev.workflow.csv.JsonCsvExporter;
import dev.workflow.domain.TimeOrderedIds;
import dev.workflow.domain.port.CsvExporter;
import dev.workflow.domain.port.DeadLetters;
import dev.workflow.domain.port.DeliveryRepository;
import dev.workflow.domain.port.Outbox;
import dev.workflow.domain.port.Statistics;
import dev.workflow.domain.port.Upkeep;
import dev.workflow.domain.port.WorkflowQueue;
import dev.workflow.domain.port.WorkflowRepository;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.rabbitmq.connect.RabbitConnectionFactoryConfig;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Which adapter stands behind which port, and who gets what. */
@Factory
final class Wiring {
    private final Settings settings;

    Wiring(Settings settings) {
        this.settings = settings;
    }

    /** Whoever began it closes it. */
    @Singleton
    OpenStorage storage(ComingStorage coming) {
        return coming.await();
    }

    @Singleton
    @Bean(preDestroy = "close")
    OpenBroker broker(OpenStorage storage, BeanProvider<RabbitConnectionFactoryConfig> connectionFactory) {
        return OpenBroker.open(settings.broker(), storage, connectionFactory::get);
    }

    @Singleton
    WorkflowRepository workflows(OpenStorage storage) {
        return storage.store().workflows();
    }

    @Singleton
    DeliveryRepository deliveries(OpenStorage storage) {
        return storage.store().deliveries();
    }

    @Singleton
    DeadLetters deadLetters(OpenStorage storage) {
        return storage.store().deadLetters();
    }

    @Singleton
    Statistics statistics(OpenStorage storage) {
        return storage.store().statistics();
    }

    @Singleton
    Outbox outbox(OpenStorage storage) {
        return storage.store().outbox();
    }

    @Singleton
    Upkeep upkeep(OpenStorage storage) {
        return storage.store().upkeep();
    }

    @Singleton
    WorkflowQueue queue(OpenBroker broker) {
        return broker.queue();
    }

    @Singleton
    CsvExporter csvExporter() {
        return new JsonCsvExporter();
    }

    @Singleton
    Lifecycle lifecycle() {
        return new Lifecycle();
    }

    @Singleton
    @Bean(preDestroy = "close")
    Schedule schedule() {
        return new Schedule();
    }

    @Singleton
    Throughput throughput() {
        return new Throughput();
    }

    @Singleton
    Instruments instruments(Schedule schedule, Throughput throughput) {
        return new Instruments(schedule, throughput, new TimeOrderedIds(InstantSource.system()));
    }

    @Singleton
    @Bean(preDestroy = "close")
    RelayOutbox relay(Outbox outbox, WorkflowQueue queue) {
        return new RelayOutbox(outbox, queue);
    }

    @Singleton
    @Bean(preDestroy = "close")
    SubmitWorkflows submitWorkflows(
            WorkflowRepository workflows, RelayOutbox relay, ConsumeWorkflows consume, Instruments instruments) {
        return new SubmitWorkflows(workflows, relay, consume::holds, instruments);
    }

    @Singleton
    QueueFront queueFront(WorkflowQueue queue, Schedule schedule) {
        return new QueueFront(queue, schedule);
    }

    @Singleton
    @Bean(preDestroy = "close")
    ConsumeWorkflows consumeWorkflows(
            DeliveryRepository deliveries,
            QueueFront front,
            RelayOutbox relay,
            Statistics statistics,
            Instruments instruments) {
        return new ConsumeWorkflows(deliveries, front, relay, statistics, instruments);
    }

    @Singleton
    ChangeStatus changeStatus(WorkflowRepository workflows, RelayOutbox relay, ConsumeWorkflows consume) {
        return new ChangeStatus(workflows, relay, consume::holds);
    }

    @Singleton
    RequeueLost requeueLost(Upkeep upkeep, WorkflowQueue queue, QueueFront front, RelayOutbox relay) {
        return new RequeueLost(upkeep, queue, front, relay, settings.periods().reconcileAfter());
    }

    @Singleton
    @Bean(preDestroy = "close")
    SettleDelivery settleDelivery(DeliveryRepository deliveries, RelayOutbox relay, Instruments instruments) {
        return new SettleDelivery(deliveries, relay, instruments);
    }

    @Singleton
    RedriveDead redriveDead(DeadLetters deadLetters, RelayOutbox relay, ConsumeWorkflows consume) {
        return new RedriveDead(deadLetters, relay, consume::holds);
    }

    @Singleton
    ReportStats reportStats(Statistics statistics, Throughput throughput) {
        return new ReportStats(statistics, throughput);
    }

    @Singleton
    Housekeeping housekeeping(
            RequeueLost requeueLost, OpenBroker broker, Upkeep upkeep, RelayOutbox relay, Statistics statistics) {
        return new Housekeeping(
                broker.keeping(),
                new LostMessages(requeueLost, broker.forgetful()),
                new EndLeases(upkeep, relay),
                new RemoveOld(upkeep, settings.periods().keep()),
                statistics);
    }

    @Singleton
    ReportHealth reportHealth(OpenStorage storage, OpenBroker broker, Lifecycle lifecycle) {
        return new ReportHealth(storage.store().database(), broker.health(), lifecycle);
    }
}
