package dev.workflow.bootstrap;

import dev.workflow.application.ChangeStatus;
import dev.workflow.application.ConsumeWorkflows;
import dev.workflow.application.Lifecycle;
import dev.workflow.application.QueueFront;
import dev.workflow.application.RelayOutbox;
import dev.workflow.application.ReportHealth;
import dev.workflow.application.RequeueLost;
import dev.workflow.application.Schedule;
import dev.workflow.application.SubmitWorkflows;
import dev.workflow.csv.JsonCsvExporter;
import dev.workflow.domain.TimeOrderedIds;
import dev.workflow.domain.port.CsvExporter;
import dev.workflow.domain.port.DeliveryRepository;
import dev.workflow.domain.port.Outbox;
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

    @Singleton
    @Bean(preDestroy = "close")
    OpenStorage storage() {
        return OpenStorage.open(settings.storage());
    }

    @Singleton
    @Bean(preDestroy = "close")
    OpenBroker broker(OpenStorage storage, BeanProvider<RabbitConnectionFactoryConfig> connectionFactory) {
        return OpenBroker.open(settings.broker(), storage.store(), connectionFactory::get);
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
    TimeOrderedIds ids() {
        return new TimeOrderedIds(InstantSource.system());
    }

    @Singleton
    @Bean(preDestroy = "close")
    Schedule schedule() {
        return new Schedule();
    }

    @Singleton
    @Bean(preDestroy = "close")
    RelayOutbox relay(Outbox outbox, WorkflowQueue queue) {
        return new RelayOutbox(outbox, queue);
    }

    @Singleton
    @Bean(preDestroy = "close")
    SubmitWorkflows submitWorkflows(
            WorkflowRepository workflows, TimeOrderedIds ids, RelayOutbox relay, Schedule schedule) {
        return new SubmitWorkflows(workflows, ids, relay, schedule);
    }

    @Singleton
    QueueFront queueFront(WorkflowQueue queue, Schedule schedule) {
        return new QueueFront(queue, schedule);
    }

    @Singleton
    @Bean(preDestroy = "close")
    ConsumeWorkflows consumeWorkflows(
            DeliveryRepository deliveries, QueueFront front, RelayOutbox relay, TimeOrderedIds ids, Schedule schedule) {
        return new ConsumeWorkflows(deliveries, front, relay, ids, schedule);
    }

    @Singleton
    ChangeStatus changeStatus(WorkflowRepository workflows, RelayOutbox relay) {
        return new ChangeStatus(workflows, relay);
    }

    @Singleton
    RequeueLost requeueLost(Upkeep upkeep, WorkflowQueue queue, QueueFront front, RelayOutbox relay) {
        return new RequeueLost(upkeep, queue, front, relay, settings.upkeep().reconcileAfter());
    }

    @Singleton
    LostMessages lostMessages(RequeueLost requeueLost, OpenBroker broker, Schedule schedule) {
        return new LostMessages(requeueLost, broker, schedule, settings.upkeep().reconcileAfter());
    }

    @Singleton
    ReportHealth reportHealth(OpenStorage storage, OpenBroker broker, Lifecycle lifecycle) {
        return new ReportHealth(storage.store().database(), broker.health(), lifecycle);
    }
}
