package dev.workflow.rabbitmq;

import dev.workflow.contracts.servers.AmqpBroker;

class ClassicQueueTest extends RabbitQueueContract {
    ClassicQueueTest(AmqpBroker broker) {
        super(QueueType.CLASSIC, broker);
    }
}
