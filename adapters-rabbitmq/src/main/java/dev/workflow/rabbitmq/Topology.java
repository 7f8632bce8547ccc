package dev.workflow.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Method;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** The one queue, made where it is missing. Nothing is ever deleted or changed: others may use it. */
final class Topology {
    private static final System.Logger LOG = System.getLogger(Topology.class.getName());
    private static final String TYPE = "x-queue-type";
    private static final String DELIVERY_LIMIT = "x-delivery-limit";
    private static final int NO_LIMIT = -1;
    private static final String MODE = "x-queue-mode";
    private static final String LAZY = "lazy";
    /** Before it a negative delivery limit meant none at all: a message was dropped at its first return. */
    private static final Version FIRST_WITH_NO_LIMIT = Version.parse("4");
    /** Before it a classic queue kept all its messages in memory, unless it was lazy. */
    private static final Version FIRST_THAT_IS_LAZY = Version.parse("3.12");

    private final RabbitSettings settings;

    Topology(RabbitSettings settings) {
        this.settings = settings;
    }

    String queue() {
        return settings.queue();
    }

    /** Makes sure that the queue is there and is what the settings say. */
    void declare(BrokerConnection connection) throws IOException, TimeoutException {
        String difference = "";
        for (Map<String, Object> arguments : arguments(connection.product(), connection.version())) {
            try {
                declareOnce(connection, arguments);
                return;
            } catch (IOException e) {
                difference = difference(e);
            }
        }
        checkTolerable(difference);
    }

    private void declareOnce(BrokerConnection connection, Map<String, Object> arguments)
            throws IOException, TimeoutException {
        Channel channel = connection.openChannel();
        // where this fails the broker has closed the channel, or the connection is not used any more
        channel.queueDeclare(queue(), true, false, false, arguments);
        connection.close(channel);
    }

    /**
     * What to declare, best first: a queue that is there stays as it was made, perhaps for another version of the broker.
     * RabbitMQ 4 drops a message from a quorum queue after 20 returns unless told otherwise when the queue is made. RabbitMQ
     * before 3.12 keeps the messages of a classic queue in memory unless told otherwise, and with a million of them it stands
     * still for seconds at each garbage collection.
     */
    List<Map<String, Object>> arguments(String product, String version) {
        Map<String, Object> plain = Map.of(TYPE, settings.type().argument());
        Optional<Version> known = product.equals("RabbitMQ") ? parse(version) : Optional.empty();
        if (known.isEmpty()) {
            return List.of(plain);
        }
        return switch (settings.type()) {
            case QUORUM ->
                isSince(known.get(), FIRST_WITH_NO_LIMIT)
                        ? List.of(with(DELIVERY_LIMIT, NO_LIMIT), plain)
                        : List.of(plain);
            case CLASSIC ->
                isSince(known.get(), FIRST_THAT_IS_LAZY)
                        ? List.of(plain, with(MODE, LAZY))
                        : List.of(with(MODE, LAZY), plain);
        };
    }

    private Map<String, Object> with(String argument, Object value) {
        return Map.of(TYPE, settings.type().argument(), argument, value);
    }

    private static boolean isSince(Version version, Version first) {
        return version.compareTo(first) >= 0;
    }

    private static Optional<Version> parse(String version) {
        try {
            return Optional.of(Version.parse(version));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What is other about the queue that is there already. */
    private static String difference(IOException failure) throws IOException {
        if (failure.getCause() instanceof ShutdownSignalException signal && isMismatch(signal.getReason())) {
            return Reasons.of(signal);
        }
        throw failure;
    }

    /** A queue made by an operator may have another delivery limit, and no other difference. */
    private void checkTolerable(String difference) throws IOException {
        if (!difference.contains(DELIVERY_LIMIT)) {
            throw new IOException(
                    "the queue '%s' is there already and is another (%s): set RABBITMQ_QUEUE_TYPE to its type, or RABBITMQ_QUEUE to another name"
                            .formatted(queue(), difference));
        }
        LOG.log(
                System.Logger.Level.WARNING,
                "The queue {0} has a delivery limit: messages that come back often are lost and queued again later.",
                queue());
    }

    private static boolean isMismatch(Method reason) {
        return reason instanceof AMQP.Channel.Close close && close.getReplyCode() == AMQP.PRECONDITION_FAILED;
    }
}
