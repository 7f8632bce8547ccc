package dev.workflow.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workflow.contracts.Eventually;
import dev.workflow.domain.Fault;
import dev.workflow.domain.QueueEntry;
import dev.workflow.domain.port.WorkflowQueue.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What was taken and could not be used. */
class QueueFrontTest {
    private final BrokerTwin broker = new BrokerTwin();
    private final Schedule schedule = new Schedule();
    private final QueueFront front = new QueueFront(broker, schedule);

    @AfterEach
    void stop() {
        schedule.close();
    }

    private static List<QueueEntry> entries(long first, long last) {
        return LongStream.rangeClosed(first, last)
                .mapToObj(i -> new QueueEntry(new UUID(0, i), Instant.EPOCH.plusSeconds(i)))
                .toList();
    }

    private static List<QueueEntry> entriesOf(List<Message> messages) {
        return messages.stream().map(Message::entry).toList();
    }

    @Test
    void whatIsKeptIsNextInItsOrder() {
        broker.publish(entries(1, 4));
        front.keep(front.take(3));
        assertThat(entriesOf(front.take(2))).isEqualTo(entries(1, 2));
        assertThat(entriesOf(front.take(2))).isEqualTo(entries(3, 4));
    }

    @Test
    void whatIsKeptStaysWhenTheBrokerHasNoMore() {
        broker.publish(entries(1, 1));
        front.keep(front.take(1));
        broker.goAway(true);
        assertThatThrownBy(() -> front.take(2)).isInstanceOf(Fault.Unavailable.class);
        assertThat(entriesOf(front.take(1))).isEqualTo(entries(1, 1));
    }

    /** Another instance may have use for it. */
    @Test
    void whatIsKeptForTooLongGoesBack() {
        QueueFront hasty = new QueueFront(broker, schedule, Duration.ZERO);
        broker.publish(entries(1, 2));
        hasty.keep(hasty.take(2));
        Eventually.holds("the queue has it again", () -> Stages.await(broker.depth()) == 2);
        assertThat(entriesOf(hasty.take(2))).isEqualTo(entries(1, 2));
    }
}
