package dev.workflow.contracts.servers;

/** A broker of the test's own, empty at the start. */
public interface AmqpBroker extends AutoCloseable {
    /** Where to reach it, user and password included. */
    String uri();

    @Override
    void close();

    /**
     * RabbitMQ where it is installed, else Qpid inside this JVM. With {@code WORKFLOW_REQUIRE_RABBITMQ=true} in the environment only
     * RabbitMQ will do.
     */
    static AmqpBroker start() {
        return RabbitNode.isWanted() ? RabbitNode.start() : QpidBroker.start();
    }
}
