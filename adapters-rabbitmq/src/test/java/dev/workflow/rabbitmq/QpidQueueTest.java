package dev.workflow.rabbitmq;

import dev.workflow.contracts.servers.QpidBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The broker that stands in where RabbitMQ is not installed; tried everywhere, so that it works when it is needed. */
class QpidQueueTest extends RabbitQueueContract {
    private static QpidBroker broker;

    QpidQueueTest() {
        super(QueueType.CLASSIC, broker);
    }

    @BeforeAll
    static void startBroker() {
        broker = QpidBroker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }
}
