package dev.workflow.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workflow.contracts.Eventually;
import dev.workflow.contracts.servers.RabbitNode;
import dev.workflow.domain.Fault;
import dev.workflow.domain.Health;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Queues that are made where there is none, and taken as they are where somebody else has made them. */
final class DeclaredQueuesTest extends BrokerTest {
    DeclaredQueuesTest(RabbitNode node) {
        super(node);
    }

    @ParameterizedTest
    @EnumSource
    void aDeletedQueueIsMadeAgainByWhoeverTakes(QueueType type) throws Exception {
        RabbitWorkflowQueue queue = queues.open(name, type);
        publish(queue, 10);

        onChannel(channel -> channel.queueDelete(name));

        assertThatThrownBy(() -> await(queue.take(1))).isInstanceOf(Fault.Unavailable.class);
        OpenQueues.awaitUp(queue);
        assertThat(await(queue.take(20))).isEmpty();
        assertThat(publish(queue, 1)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void aDeletedQueueIsMadeAgainByWhoeverPublishes(QueueType type) throws Exception {
        RabbitWorkflowQueue queue = queues.open(name, type);

        onChannel(channel -> channel.queueDelete(name));

        assertThat(publish(queue, 10)).isZero();
        Eventually.holds("a queue to publish to", () -> publish(queue, 10) == 10);
    }

    @Test
    void aQueueOfAnotherTypeIsLeftAlone() {
        RabbitWorkflowQueue classic = queues.open(name, QueueType.CLASSIC);
        publish(classic, 1);

        RabbitWorkflowQueue quorum = queues.start(name, QueueType.QUORUM);

        Eventually.holds(
                "a reason that names the setting",
                () -> quorum.check() instanceof Health.Down down
                        && down.reason().contains("RABBITMQ_QUEUE_TYPE")
                        && down.reason().lines().count() == 1);
        Eventually.holds(
                "consumers are told of it",
                () -> quorum.take(1)
                        .handle((messages, failure) -> String.valueOf(failure))
                        .toCompletableFuture()
                        .getNow("")
                        .contains("RABBITMQ_QUEUE_TYPE"));
        assertThat(await(classic.take(1))).hasSize(1);
    }

    @Test
    void theFirstConsumerFindsTheQueue() {
        assertThat(await(startedInTime().take(1))).isEmpty();
        assertThat(publish(startedInTime(), 1)).isOne();
    }

    /** A start waits a second for a connection. Where the machine is slower than that, it takes another one. */
    private RabbitWorkflowQueue startedInTime() {
        AtomicReference<RabbitWorkflowQueue> started = new AtomicReference<>();
        Eventually.holds("a start that takes less than a second", () -> {
            long begin = System.nanoTime();
            started.set(queues.start(name, QueueType.CLASSIC));
            return System.nanoTime() - begin < Duration.ofSeconds(1).toNanos();
        });
        return started.get();
    }

    /** As it is when the broker, or the service, was upgraded since. */
    @ParameterizedTest
    @ValueSource(strings = {"default", "lazy"})
    void aClassicQueueIsTakenAsItWasMade(String mode) throws Exception {
        Map<String, Object> arguments = mode.equals("lazy")
                ? Map.of("x-queue-type", "classic", "x-queue-mode", "lazy")
                : Map.of("x-queue-type", "classic");
        onChannel(channel -> channel.queueDeclare(name, true, false, false, arguments));

        RabbitWorkflowQueue queue = queues.open(name, QueueType.CLASSIC);

        assertThat(publish(queue, 1)).isEqualTo(1);
        assertThat(await(queue.take(1))).hasSize(1);
    }

    @Test
    void aDeliveryLimitThatIsThereIsLivedWith() throws Exception {
        Map<String, Object> limited = Map.of("x-queue-type", "quorum", "x-delivery-limit", 7);
        onChannel(channel -> channel.queueDeclare(name, true, false, false, limited));

        RabbitWorkflowQueue queue = queues.open(name, QueueType.QUORUM);

        assertThat(publish(queue, 1)).isEqualTo(1);
        assertThat(await(queue.take(1))).hasSize(1);
    }

    @Test
    void aQuorumQueueWithALimitIsNoClassicOne() throws Exception {
        Map<String, Object> limited = Map.of("x-queue-type", "quorum", "x-delivery-limit", 7);
        onChannel(channel -> channel.queueDeclare(name, true, false, false, limited));

        RabbitWorkflowQueue queue = queues.start(name, QueueType.CLASSIC);

        Eventually.holds(
                "a reason that names the setting",
                () -> queue.check() instanceof Health.Down down && down.reason().contains("RABBITMQ_QUEUE_TYPE"));
    }
}
