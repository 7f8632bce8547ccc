package dev.workflow.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.WorkflowQueueContract;
import dev.workflow.contracts.servers.AmqpBroker;
import dev.workflow.contracts.servers.RabbitNode;
import dev.workflow.contracts.servers.SharedBroker;
import dev.workflow.domain.Health;
import dev.workflow.domain.port.WorkflowQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
abstract class RabbitQueueContract extends WorkflowQueueContract {
    private final QueueType type;
    private final AmqpBroker broker;
    private final OpenQueues queues;

    RabbitQueueContract(QueueType type, AmqpBroker broker) {
        this.type = type;
        this.broker = broker;
        this.queues = new OpenQueues(broker);
    }

    @AfterEach
    void disconnect() {
        queues.close();
    }

    @Override
    protected WorkflowQueue emptyQueue() {
        return queues.open(type);
    }

    @Override
    protected boolean tellsTakenFromWaiting() {
        return broker instanceof RabbitNode;
    }

    @Test
    void tellsHowItIs() {
        String name = SharedBroker.uniqueQueue();
        RabbitWorkflowQueue queue = queues.open(name, type);
        await(queue.publish(entriesFrom(0, 3)));

        assertThat(queue.name()).isEqualTo("queue");
        assertThat(queue.check())
                .isInstanceOfSatisfying(
                        Health.Up.class,
                        up -> assertThat(up.details())
                                .containsEntry("queue", name)
                                .containsEntry("type", type.argument())
                                .containsEntry("waiting", "3")
                                .doesNotContainEntry("version", ""));
    }
}
