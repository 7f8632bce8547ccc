package dev.workflow.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Method;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/** The one queue, made where it is missing. Nothing is ever deleted or changed: others may use it. */
final class Topology {
    private static final System.Logger LOG = System.getLogger(Topology.class.getName());
    private static final String DELIVERY_LIMIT = "x-delivery-limit";
    private static final int NO_LIMIT = -1;
    /** Before it a negative delivery limit meant none at all: a message was dropped at its first return. */
    private static final int FIRST_WITH_NO_LIMIT = 4;

    private final RabbitSettings settings;

    Topology(RabbitSettings settings) {
        this.settings = settings;
    }

    String queue() {
        return settings.queue();
    }

    /** Makes sure that the queue is there and is what the settings say. */
    void declare(BrokerConnection connection) throws IOException, TimeoutException {
        for (Map<String, Object> arguments :
                List.of(arguments(connection.product(), connection.version()), typeOnly())) {
            try {
                declareOnce(connection, arguments);
                return;
            } catch (IOException e) {
                checkTolerable(e);
            }
        }
        LOG.log(
                System.Logger.Level.WARNING,
                "The queue {0} has a delivery limit: messages that come back often are lost and queued again later.",
                queue());
    }

    private void declareOnce(BrokerConnection connection, Map<String, Object> arguments)
            throws IOException, TimeoutException {
        try (Channel channel = connection.openChannel()) {
            channel.queueDeclare(queue(), true, false, false, arguments);
        }
    }

    /** RabbitMQ 4 drops a message from a quorum queue after 20 returns unless told otherwise when the queue is made. */
    Map<String, Object> arguments(String product, String version) {
        if (settings.type() == QueueType.QUORUM
                && product.equals("RabbitMQ")
                && major(version) >= FIRST_WITH_NO_LIMIT) {
            return Map.of("x-queue-type", settings.type().argument(), DELIVERY_LIMIT, NO_LIMIT);
        }
        return typeOnly();
    }

    private Map<String, Object> typeOnly() {
        return Map.of("x-queue-type", settings.type().argument());
    }

    private static int major(String version) {
        int dot = version.indexOf('.');
        try {
            return Integer.parseInt(dot < 0 ? version : version.substring(0, dot));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** A queue made by an older version of the broker, or by an operator, may have another delivery limit, and no other difference. */
    private void checkTolerable(IOException failure) throws IOException {
        if (!(failure.getCause() instanceof ShutdownSignalException signal) || !isMismatch(signal.getReason())) {
            throw failure;
        }
        String difference = Reasons.of(signal);
        if (!difference.contains(DELIVERY_LIMIT)) {
            throw new IOException(
                    "the queue '%s' is there already and is another (%s): set RABBITMQ_QUEUE_TYPE to its type, or RABBITMQ_QUEUE to another name"
                            .formatted(queue(), difference),
                    null);
        }
    }

    private static boolean isMismatch(Method reason) {
        return reason instanceof AMQP.Channel.Close close && close.getReplyCode() == AMQP.PRECONDITION_FAILED;
    }
}
