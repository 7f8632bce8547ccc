package dev.workflow.rabbitmq;

import dev.workflow.contracts.Eventually;
import dev.workflow.contracts.servers.RabbitNode;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A broker that lets us in, and then answers no more while its queue is looked for. */
final class SilentBrokerTest extends BrokerTest {
    private static final int PROTOCOL_HEADER = 8;
    private static final int FRAME_HEADER = 7;
    private static final int METHOD = 1;

    /** Two of them, for publishing and taking; each that is given up is followed by another. */
    private final AtomicInteger connections = new AtomicInteger();

    SilentBrokerTest(RabbitNode node) {
        super(node);
    }

    @ParameterizedTest
    @CsvSource({"queue.declare, 50, 10", "channel.close, 20, 40"})
    void isGivenUpSoon(String last, int classId, int methodId) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                RabbitWorkflowQueue queue = new RabbitWorkflowQueue(
                        BrokerUri.connectionFactory("amqp://guest:guest@127.0.0.1:" + server.getLocalPort()),
                        new RabbitSettings(name, QueueType.CLASSIC))) {
            Thread.ofVirtual().start(() -> serve(server, (classId << 16) | methodId));
            queue.start();

            Eventually.holds("another try after " + last, Duration.ofSeconds(8), () -> connections.get() > 2);
        }
    }

    private void serve(ServerSocket server, int lastMethod) {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> relay(client, lastMethod));
            } catch (IOException e) {
                // The test is over.
            }
        }
    }

    /** What the client says, up to that method; then its connection stays, and nothing comes through. */
    private void relay(Socket client, int lastMethod) {
        URI broker = URI.create(node.uri());
        try (client;
                Socket upstream = new Socket(broker.getHost(), broker.getPort())) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            DataOutputStream out = new DataOutputStream(upstream.getOutputStream());
            Thread.ofVirtual().start(() -> answers(upstream, client));
            out.write(in.readNBytes(PROTOCOL_HEADER));
            byte[] head = in.readNBytes(FRAME_HEADER);
            while (head.length == FRAME_HEADER) {
                byte[] rest = in.readNBytes(intAt(head, 3) + 1);
                if (head[0] == METHOD && intAt(rest, 0) == lastMethod) {
                    in.transferTo(OutputStream.nullOutputStream());
                }
                out.write(head);
                out.write(rest);
                head = in.readNBytes(FRAME_HEADER);
            }
        } catch (IOException e) {
            // One of the two has left.
        }
    }

    private static void answers(Socket upstream, Socket client) {
        try {
            upstream.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException e) {
            // One of the two has left.
        }
    }

    private static int intAt(byte[] bytes, int start) {
        return ByteBuffer.wrap(bytes).getInt(start);
    }
}
