package dev.workflow.rabbitmq;

import dev.workflow.contracts.Eventually;
import dev.workflow.contracts.servers.AmqpBroker;
import dev.workflow.contracts.servers.SharedBroker;
import dev.workflow.domain.Health;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** The queues that one test has open. */
final class OpenQueues implements AutoCloseable {
    private final AmqpBroker broker;
    private final List<RabbitWorkflowQueue> open = new ArrayList<>();

    OpenQueues(AmqpBroker broker) {
        this.broker = broker;
    }

    /** Connected, and with nothing in it. */
    RabbitWorkflowQueue open(QueueType type) {
        return open(SharedBroker.uniqueQueue(), type);
    }

    /** Connected; with what somebody else has put into a queue of that name. */
    RabbitWorkflowQueue open(String name, QueueType type) {
        RabbitWorkflowQueue queue = start(name, type);
        awaitUp(queue);
        return queue;
    }

    /** Connecting, if there is anything to connect to. */
    RabbitWorkflowQueue start(String name, QueueType type) {
        RabbitWorkflowQueue queue =
                new RabbitWorkflowQueue(BrokerUri.connectionFactory(broker.uri()), new RabbitSettings(name, type));
        open.add(queue);
        queue.start();
        return queue;
    }

    /** A slow machine may take longer to answer than a check may take. */
    static Health.Up awaitUp(RabbitWorkflowQueue queue) {
        AtomicReference<Health> health = new AtomicReference<>();
        Eventually.holds("a connection both ways", () -> {
            health.set(queue.check());
            return health.get() instanceof Health.Up;
        });
        return (Health.Up) health.get();
    }

    @Override
    public void close() {
        open.forEach(RabbitWorkflowQueue::close);
    }
}
