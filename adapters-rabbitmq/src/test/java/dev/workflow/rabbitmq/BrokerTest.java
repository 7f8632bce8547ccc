package dev.workflow.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.workflow.contracts.Eventually;
import dev.workflow.contracts.servers.RabbitNode;
import dev.workflow.contracts.servers.SharedBroker;
import dev.workflow.domain.Fault;
import dev.workflow.domain.QueueEntry;
import dev.workflow.domain.port.WorkflowQueue;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** A real broker, and queues of it that are closed after each test. */
@ExtendWith(SharedBroker.class)
abstract class BrokerTest {
    final RabbitNode node;
    final OpenQueues queues;
    final String name = SharedBroker.uniqueQueue();

    BrokerTest(RabbitNode node) {
        this.node = node;
        this.queues = new OpenQueues(node);
    }

    @AfterEach
    void disconnect() {
        queues.close();
    }

    interface Deed {
        void doOn(Channel channel) throws Exception;
    }

    /** As somebody else, and much faster than by rabbitmqctl. */
    void onChannel(Deed deed) throws Exception {
        try (Connection connection = BrokerUri.connectionFactory(node.uri()).newConnection();
                Channel channel = connection.createChannel()) {
            deed.doOn(channel);
        }
    }

    static int publish(WorkflowQueue queue, int count) {
        return await(queue.publish(entries(count))).cardinality();
    }

    static List<QueueEntry> entries(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new QueueEntry(new UUID(1, i), Instant.EPOCH.plusSeconds(i)))
                .toList();
    }

    static <T> T await(CompletionStage<T> stage) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        Eventually.holds("an answer", future::isDone);
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Fault fault) {
                throw fault;
            }
            throw e;
        }
    }
}
