package dev.workflow.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopologyTest {
    /** On RabbitMQ before 4 a limit of -1 would drop a message at its first return; from 3.12 on all classic queues are lazy. */
    @ParameterizedTest
    @CsvSource({
        "QUORUM,  RabbitMQ, 4.0.0,     x-delivery-limit",
        "QUORUM,  RabbitMQ, 4.1.0-rc1, x-delivery-limit",
        "QUORUM,  RabbitMQ, 10,        x-delivery-limit",
        "QUORUM,  RabbitMQ, 3.10.8,    ",
        "QUORUM,  RabbitMQ, 3.13.7,    ",
        "QUORUM,  RabbitMQ, '',        ",
        "QUORUM,  RabbitMQ, %%VSN%%,   ",
        "QUORUM,  qpid,     10.1.0,    ",
        "CLASSIC, RabbitMQ, 3.10.8,    x-queue-mode",
        "CLASSIC, RabbitMQ, 3.9,       x-queue-mode",
        "CLASSIC, RabbitMQ, 3.12.0,    ",
        "CLASSIC, RabbitMQ, 4.0.0,     ",
        "CLASSIC, RabbitMQ, %%VSN%%,   ",
        "CLASSIC, qpid,     2.0.0,     ",
    })
    void whatTheBrokerKnowsIsAskedForFirst(QueueType type, String product, String version, @Nullable String asked) {
        Map<String, Object> first = topology(type).arguments(product, version).getFirst();

        assertThat(first).containsEntry("x-queue-type", type.argument()).hasSize(asked == null ? 1 : 2);
        if (asked != null) {
            assertThat(first).containsEntry(asked, asked.equals("x-queue-mode") ? "lazy" : -1);
        }
    }

    /** The queue may have been made when the broker was older, or by a version that asked for less. */
    @ParameterizedTest
    @CsvSource({"CLASSIC, 3.10.8, x-queue-mode", "CLASSIC, 4.0.5, x-queue-mode", "QUORUM, 4.0.5, x-delivery-limit"})
    void aQueueThatWasMadeWithoutOrWithItIsAsGood(QueueType type, String version, String argument) {
        assertThat(topology(type).arguments("RabbitMQ", version))
                .hasSize(2)
                .anySatisfy(with -> assertThat(with).containsKey(argument))
                .contains(Map.of("x-queue-type", type.argument()));
    }

    private static Topology topology(QueueType type) {
        return new Topology(new RabbitSettings("q", type));
    }
}
