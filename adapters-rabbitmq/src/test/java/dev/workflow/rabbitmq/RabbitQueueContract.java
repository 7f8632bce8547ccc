package dev.workflow.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.MessageProperties;
import dev.workflow.contracts.WorkflowQueueContract;
import dev.workflow.contracts.servers.AmqpBroker;
import dev.workflow.contracts.servers.RabbitNode;
import dev.workflow.contracts.servers.SharedBroker;
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

    /** How many it saw last, and what there is by now, are two things. */
    @Test
    void takesWhatAnotherReplicaLeft() {
        assumeTrue(tellsTakenFromWaiting());
        String name = SharedBroker.uniqueQueue();
        RabbitWorkflowQueue one = queues.open(name, type);
        RabbitWorkflowQueue other = queues.open(name, type);
        await(one.publish(entriesFrom(0, 100)));

        assertThat(await(one.take(10))).hasSize(10);
        assertThat(await(other.take(85))).hasSize(85);

        assertThat(await(one.take(50))).hasSize(5);
        assertThat(await(one.take(50))).isEmpty();
        await(other.publish(entriesFrom(100, 20)));
        assertThat(await(one.take(50))).hasSize(20);
    }

    @Test
    void dropsWhatOthersWroteAmongTheRest() throws Exception {
        String name = SharedBroker.uniqueQueue();
        RabbitWorkflowQueue queue = queues.open(name, type);
        await(queue.publish(entriesFrom(0, 10)));
        try (Connection connection = BrokerUri.connectionFactory(broker.uri()).newConnection();
                Channel channel = connection.createChannel()) {
            channel.confirmSelect();
            channel.basicPublish("", name, MessageProperties.PERSISTENT_TEXT_PLAIN, new byte[] {1});
            channel.waitForConfirmsOrDie();
        }
        await(queue.publish(entriesFrom(10, 10)));

        assertThat(await(queue.take(20))).hasSize(20);
    }

    @Test
    void tellsHowItIs() {
        String name = SharedBroker.uniqueQueue();
        RabbitWorkflowQueue queue = queues.open(name, type);
        await(queue.publish(entriesFrom(0, 3)));

        assertThat(queue.name()).isEqualTo("queue");
        assertThat(OpenQueues.awaitUp(queue).details())
                .containsEntry("queue", name)
                .containsEntry("type", type.argument())
                .containsEntry("waiting", "3")
                .doesNotContainEntry("version", "");
    }
}
