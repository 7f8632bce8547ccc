package dev.workflow.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workflow.contracts.WorkflowQueueContract;
import dev.workflow.domain.Health;
import dev.workflow.domain.QueueEntry;
import dev.workflow.domain.port.WorkflowQueue;
import dev.workflow.domain.port.WorkflowQueue.Message;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class InMemoryWorkflowQueueTest extends WorkflowQueueContract {
    @Override
    protected WorkflowQueue emptyQueue() {
        return new InMemoryWorkflowQueue(1_000_000);
    }

    @Test
    void whatDoesNotFitIsReportedAsNotPublished() {
        WorkflowQueue small = new InMemoryWorkflowQueue(3);

        assertThat(positions(small.publish(entries(2)))).containsExactly(0, 1);
        assertThat(positions(small.publish(entries(4)))).containsExactly(0);
        assertThat(positions(small.publish(entries(1)))).isEmpty();
        assertThat(await(small.depth())).isEqualTo(3);
    }

    @Test
    void takenMessagesKeepTheirRoomUntilTheyAreAcknowledged() {
        WorkflowQueue small = new InMemoryWorkflowQueue(2);
        await(small.publish(entries(2)));
        List<Message> taken = await(small.take(2));
        assertThat(positions(small.publish(entries(1)))).isEmpty();

        await(small.acknowledge(taken.subList(0, 1)));
        await(small.acknowledge(taken.subList(0, 1)));

        assertThat(positions(small.publish(entries(2)))).containsExactly(0);
    }

    @Test
    void isAlwaysUp() {
        InMemoryWorkflowQueue queue = new InMemoryWorkflowQueue(10);
        await(queue.publish(entries(2)));

        assertThat(queue.name()).isEqualTo("queue");
        assertThat(queue.check())
                .isInstanceOfSatisfying(
                        Health.Up.class, up -> assertThat(up.details()).containsEntry("waiting", "2"));
    }

    @Test
    void needsRoom() {
        assertThatThrownBy(() -> new InMemoryWorkflowQueue(0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Integer> positions(java.util.concurrent.CompletionStage<BitSet> published) {
        return await(published).stream().boxed().toList();
    }

    private static List<QueueEntry> entries(int count) {
        return entriesFrom(0, count);
    }
}
