package dev.workflow.bootstrap;

import com.rabbitmq.client.ConnectionFactory;
import dev.workflow.bootstrap.Settings.Broker;
import dev.workflow.domain.Health;
import dev.workflow.domain.port.Dependency;
import dev.workflow.domain.port.WorkflowQueue;
import dev.workflow.memory.InMemoryWorkflowQueue;
import dev.workflow.postgres.QueueOwnership;
import dev.workflow.rabbitmq.BrokerUri;
import dev.workflow.rabbitmq.RabbitWorkflowQueue;
import java.util.function.Supplier;

/**
 * The queue in use.
 *
 * @param queue where messages go and come from
 * @param health how it is
 * @param description such as {@code in memory}
 * @param forgetful whether it starts empty, so that the database must fill it
 * @param resource what is to be closed
 * @param keeping sees to it that it stays ours; to be done again and again
 */
record OpenBroker(
        WorkflowQueue queue,
        Dependency health,
        String description,
        boolean forgetful,
        AutoCloseable resource,
        Runnable keeping)
        implements AutoCloseable {
    /** Entries of some 100 bytes; what does not fit waits in the outbox. */
    private static final int IN_MEMORY_CAPACITY = 1_000_000;

    /** @param connectionFactory asked only where a broker is used; carries what the framework's own settings say */
    static OpenBroker open(
            Broker settings, OpenStorage storage, Supplier<? extends ConnectionFactory> connectionFactory) {
        return switch (settings) {
            case Broker.InMemory() -> inMemory(storage.ownQueue());
            case Broker.RabbitMq rabbitMq -> rabbitMq(rabbitMq, connectionFactory.get());
        };
    }

    private static OpenBroker inMemory(QueueOwnership ownership) {
        InMemoryWorkflowQueue queue = new InMemoryWorkflowQueue(IN_MEMORY_CAPACITY);
        return new OpenBroker(
                queue, queue, "in memory, filled from the storage at each start", true, ownership, ownership::keep);
    }

    private static OpenBroker rabbitMq(Broker.RabbitMq settings, ConnectionFactory connectionFactory) {
        RabbitWorkflowQueue queue =
                new RabbitWorkflowQueue(BrokerUri.configure(connectionFactory, settings.uri()), settings.queue());
        queue.start();
        String away = queue.check() instanceof Health.Down(String reason) ? ". " + reason : "";
        String description = "RabbitMQ, queue \"" + settings.queue().queue() + "\"" + away;
        return new OpenBroker(queue, queue, description, false, queue, () -> {});
    }

    @Override
    public void close() {
        Closing.one(resource);
    }
}
