package dev.workflow.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workflow.contracts.Eventually;
import dev.workflow.contracts.servers.RabbitNode;
import dev.workflow.contracts.servers.SharedBroker;
import dev.workflow.domain.Fault;
import dev.workflow.domain.Health;
import dev.workflow.domain.port.WorkflowQueue;
import dev.workflow.domain.port.WorkflowQueue.Message;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a broker may do to us, done by a real one. */
final class BrokerFaultsTest extends BrokerTest {
    BrokerFaultsTest(RabbitNode node) {
        super(node);
    }

    @Test
    void aKilledBrokerIsUsedAgainOnceItIsBack() {
        RabbitWorkflowQueue classic = queues.open(QueueType.CLASSIC);
        RabbitWorkflowQueue quorum = queues.open(name, QueueType.QUORUM);
        publish(classic, 10);
        publish(quorum, 10);
        node.awaitOnDisk(name);
        List<Message> taken = await(classic.take(3));

        node.kill();

        assertAway(classic);
        assertAway(quorum);
        assertThatThrownBy(() -> await(classic.acknowledge(taken))).isInstanceOf(Fault.Unavailable.class);
        RabbitWorkflowQueue late = queues.start(SharedBroker.uniqueQueue(), QueueType.CLASSIC);
        assertAway(late);

        node.restart();

        for (RabbitWorkflowQueue queue : List.of(classic, quorum, late)) {
            OpenQueues.awaitUp(queue);
        }
        assertThat(await(classic.take(20))).hasSize(10);
        assertThat(await(quorum.take(20))).hasSize(10);
        assertThat(publish(late, 1)).isEqualTo(1);
    }

    @Test
    void aWipedBrokerGetsItsQueueAgain() {
        RabbitWorkflowQueue queue = queues.open(QueueType.CLASSIC);
        publish(queue, 10);

        node.wipe();
        node.restart();

        OpenQueues.awaitUp(queue);
        assertThat(await(queue.take(20))).isEmpty();
        assertThat(publish(queue, 2)).isEqualTo(2);
        assertThat(await(queue.take(20))).hasSize(2);
    }

    @Test
    void aFrozenBrokerMissesEveryDeadline() {
        RabbitWorkflowQueue queue = queues.open(QueueType.CLASSIC);
        publish(queue, 5);
        node.freeze();
        try {
            CompletionStage<BitSet> publishing = queue.publish(entries(10));
            CompletionStage<List<Message>> taking = queue.take(3);

            assertThatThrownBy(() -> await(publishing)).isInstanceOf(Fault.Unavailable.class);
            assertThatThrownBy(() -> await(taking)).isInstanceOf(Fault.Unavailable.class);
            assertThat(queue.check()).isInstanceOf(Health.Down.class);
        } finally {
            node.thaw();
        }

        OpenQueues.awaitUp(queue);
        Eventually.holds("what a connection that is gone had taken", () -> await(queue.depth()) >= 5);
    }

    /** More bytes than the sockets of both sides hold: the writing thread blocks until its socket is closed. */
    @Test
    void aWriteThatBlocksIsGivenUp() {
        RabbitWorkflowQueue queue = queues.open(QueueType.CLASSIC);
        node.freeze();
        try {
            CompletionStage<BitSet> publishing = queue.publish(entries(100_000));

            assertThatThrownBy(() -> await(publishing)).isInstanceOf(Fault.Unavailable.class);
        } finally {
            node.thaw();
        }

        OpenQueues.awaitUp(queue);
        assertThat(publish(queue, 1)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void aPurgedQueueIsEmpty(QueueType type) throws Exception {
        RabbitWorkflowQueue queue = queues.open(name, type);
        publish(queue, 10);

        onChannel(channel -> channel.queuePurge(name));

        assertThat(await(queue.take(20))).isEmpty();
        assertThat(await(queue.depth())).isZero();
    }

    @Test
    void closedConnectionsAreReplaced() {
        RabbitWorkflowQueue queue = queues.open(QueueType.CLASSIC);
        publish(queue, 10);
        List<Message> taken = await(queue.take(4));
        AtomicInteger arrivals = new AtomicInteger();
        queue.onArrival(arrivals::incrementAndGet);

        node.closeConnections();

        Eventually.holds("word that there may be messages again", () -> arrivals.get() > 0);
        OpenQueues.awaitUp(queue);
        Eventually.holds("all messages", () -> await(queue.depth()) == 10);
        assertThatThrownBy(() -> await(queue.acknowledge(taken))).isInstanceOf(Fault.Unavailable.class);
        assertThatThrownBy(() -> await(queue.giveBack(taken))).isInstanceOf(Fault.Unavailable.class);
        assertThat(await(queue.take(20))).hasSize(10);
    }

    @Test
    void whileTheBrokerIsShortOfMemoryOnlyPublishingFails() {
        RabbitWorkflowQueue queue = queues.open(QueueType.CLASSIC);
        publish(queue, 10);
        node.raiseAlarm();
        try {
            assertThatThrownBy(() -> publish(queue, 300)).isInstanceOf(Fault.Unavailable.class);
            assertThatThrownBy(() -> publish(queue, 300))
                    .isInstanceOf(Fault.Unavailable.class)
                    .hasMessageContaining("memory");
            assertThat(OpenQueues.awaitUp(queue).details())
                    .hasEntrySatisfying("publishing", how -> assertThat(how).contains("memory"));
            List<Message> taken = await(queue.take(10));
            assertThat(taken).hasSize(10);
            await(queue.acknowledge(taken));
        } finally {
            node.clearAlarm();
        }

        Eventually.holds("a broker that takes messages again", () -> canPublish(queue));
    }

    @Test
    void messagesThatTheQueueRefusesAreNotPublished() {
        RabbitWorkflowQueue queue = queues.open(name, QueueType.CLASSIC);
        node.control(
                "set_policy",
                "--apply-to",
                "queues",
                name,
                "^" + name + "$",
                "{\"max-length\":3,\"overflow\":\"reject-publish\"}");

        Eventually.holds("a full queue", () -> publish(queue, 10) < 10);
        Eventually.holds("a refusal of all", () -> publish(queue, 10) == 0);
    }

    @Test
    void messagesOfOthersAreDropped() throws Exception {
        RabbitWorkflowQueue queue = queues.open(name, QueueType.CLASSIC);
        onChannel(channel -> {
            channel.confirmSelect();
            channel.basicPublish("", name, null, "hello".getBytes());
            channel.waitForConfirmsOrDie();
        });
        publish(queue, 2);

        assertThat(await(queue.take(1))).hasSize(1);
        assertThat(await(queue.take(1))).hasSize(1);
        assertThat(await(queue.take(1))).isEmpty();
        assertThat(OpenQueues.awaitUp(queue).details()).containsEntry("foreign messages dropped", "1");
        queue.close();

        RabbitWorkflowQueue next = queues.open(name, QueueType.CLASSIC);
        Eventually.holds("what was not acknowledged", () -> await(next.depth()) == 2);
        assertThat(await(next.take(5))).hasSize(2);
        assertThat(OpenQueues.awaitUp(next).details()).doesNotContainKey("foreign messages dropped");
    }

    @Test
    void whatIsTakenGoesBackAtTheEnd() {
        RabbitWorkflowQueue queue = queues.open(name, QueueType.CLASSIC);
        publish(queue, 10);
        List<Message> taken = await(queue.take(6));
        await(queue.acknowledge(taken.subList(0, 2)));

        queue.close();

        assertThatThrownBy(() -> await(queue.take(1))).isInstanceOf(Fault.Unavailable.class);
        assertThatThrownBy(() -> publish(queue, 1)).isInstanceOf(Fault.Unavailable.class);
        RabbitWorkflowQueue next = queues.open(name, QueueType.CLASSIC);
        Eventually.holds("what was not acknowledged", () -> await(next.depth()) == 8);
    }

    private static void assertAway(RabbitWorkflowQueue queue) {
        assertThatThrownBy(() -> await(queue.take(1))).isInstanceOf(Fault.Unavailable.class);
        assertThatThrownBy(() -> await(queue.depth())).isInstanceOf(Fault.Unavailable.class);
        assertThatThrownBy(() -> publish(queue, 1)).isInstanceOf(Fault.Unavailable.class);
        assertThat(queue.check())
                .isInstanceOfSatisfying(
                        Health.Down.class,
                        down -> assertThat(down.reason())
                                .doesNotContain("guest")
                                .hasLineCount(1));
    }

    private static boolean canPublish(WorkflowQueue queue) {
        try {
            return publish(queue, 10) == 10;
        } catch (Fault.Unavailable e) {
            return false;
        }
    }
}
