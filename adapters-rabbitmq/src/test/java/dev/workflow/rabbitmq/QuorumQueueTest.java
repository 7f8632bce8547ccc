package dev.workflow.rabbitmq;

import dev.workflow.contracts.servers.AmqpBroker;

class QuorumQueueTest extends RabbitQueueContract {
    QuorumQueueTest(AmqpBroker broker) {
        super(QueueType.QUORUM, broker);
    }
}
