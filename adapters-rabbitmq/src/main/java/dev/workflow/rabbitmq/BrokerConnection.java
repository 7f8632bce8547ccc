package dev.workflow.rabbitmq;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.SocketConfigurator;
import io.micronaut.rabbitmq.connect.RabbitConnectionFactoryConfig;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A connection and the socket under it. Closing the socket is the only way to free a thread that is stuck in a write to a
 * broker that does not read: closing the connection would wait for the very lock that this thread holds.
 */
final class BrokerConnection {
    /** Seconds; the broker counts as gone after two of them without a sign of life. */
    private static final int HEARTBEAT = 10;

    private final Connection connection;
    private final @Nullable Socket socket;

    private BrokerConnection(Connection connection, @Nullable Socket socket) {
        this.connection = connection;
        this.socket = socket;
    }

    /** @param name shown in the broker's list of connections */
    static BrokerConnection open(ConnectionFactory configured, String name) throws IOException, TimeoutException {
        AtomicReference<@Nullable Socket> socket = new AtomicReference<>();
        ConnectionFactory factory = configured.clone();
        SocketConfigurator configurator = configured.getSocketConfigurator();
        factory.setSocketConfigurator(configurator.andThen(socket::set));
        limit(factory, name);
        return new BrokerConnection(connect(configured, factory, name), socket.get());
    }

    private static void limit(ConnectionFactory factory, String name) {
        factory.setAutomaticRecoveryEnabled(false);
        factory.setConnectionTimeout(Math.toIntExact(Deadlines.CONNECT.toMillis()));
        // The library waits half of it for each step.
        factory.setHandshakeTimeout(Math.toIntExact(2 * Deadlines.CONNECT.toMillis()));
        factory.setChannelRpcTimeout(Math.toIntExact(Deadlines.ANSWER.toMillis()));
        factory.setShutdownTimeout(Math.toIntExact(Deadlines.CLOSE.toMillis()));
        factory.setRequestedHeartbeat(HEARTBEAT);
        factory.setThreadFactory(Thread.ofPlatform().daemon().name(name).factory());
        factory.setExceptionHandler(new QuietExceptionHandler());
    }

    private static Connection connect(ConnectionFactory configured, ConnectionFactory factory, String name)
            throws IOException, TimeoutException {
        Optional<List<Address>> addresses =
                configured instanceof RabbitConnectionFactoryConfig config ? config.getAddresses() : Optional.empty();
        return addresses.isPresent() ? factory.newConnection(addresses.get(), name) : factory.newConnection(name);
    }

    Connection amqp() {
        return connection;
    }

    Channel openChannel() throws IOException {
        Channel channel = connection.createChannel();
        if (channel == null) {
            throw new IOException("The broker allows no more channels.");
        }
        return channel;
    }

    /** Closes a channel in order, or the connection where the broker is silent: the library would wait for ten seconds. */
    void close(Channel channel) throws IOException, TimeoutException {
        CompletableFuture<Void> alarm = CompletableFuture.runAsync(
                this::kill, CompletableFuture.delayedExecutor(Deadlines.ANSWER.toMillis(), TimeUnit.MILLISECONDS));
        try {
            channel.close();
        } finally {
            alarm.cancel(false);
        }
    }

    /** Such as {@code RabbitMQ}. */
    String product() {
        return serverProperty("product");
    }

    /** Such as {@code 4.1.0}. */
    String version() {
        return serverProperty("version");
    }

    private String serverProperty(String name) {
        Map<String, Object> properties = connection.getServerProperties();
        Object value = properties.get(name);
        return value == null ? "" : value.toString();
    }

    /** Ends it at once, without a word to the broker, and frees every thread that waits for it. Does not block. */
    void kill() {
        try {
            if (socket != null) {
                // TLS would otherwise wait for a writer that is stuck.
                socket.setSoLinger(true, 0);
                socket.close();
            } else {
                connection.abort(1);
            }
        } catch (IOException e) {
            // It is closed, one way or the other.
        }
    }

    /** Ends it in order: the broker has seen all that was written, and puts back what was not settled. */
    void close() {
        try {
            connection.close(Math.toIntExact(Deadlines.CLOSE.toMillis()));
        } catch (IOException | RuntimeException e) {
            kill();
        }
    }
}
