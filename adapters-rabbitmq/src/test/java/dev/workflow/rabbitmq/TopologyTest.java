package dev.workflow.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopologyTest {
    /** On RabbitMQ before 4 a limit of -1 would drop a message at its first return. */
    @ParameterizedTest
    @CsvSource({
        "QUORUM,  RabbitMQ, 4.0.0,     true",
        "QUORUM,  RabbitMQ, 4.1.0-rc1, true",
        "QUORUM,  RabbitMQ, 10,        true",
        "QUORUM,  RabbitMQ, 3.10.8,    false",
        "QUORUM,  RabbitMQ, 3.13.7,    false",
        "QUORUM,  RabbitMQ, '',        false",
        "QUORUM,  RabbitMQ, %%VSN%%,   false",
        "QUORUM,  qpid,     10.1.0,    false",
        "CLASSIC, RabbitMQ, 4.0.0,     false",
    })
    void theDeliveryLimitIsLiftedOnlyWhereTheBrokerKnowsHow(
            QueueType type, String product, String version, boolean lifted) {
        Map<String, Object> arguments = new Topology(new RabbitSettings("q", type)).arguments(product, version);

        assertThat(arguments).containsEntry("x-queue-type", type.argument());
        assertThat(arguments.get("x-delivery-limit")).isEqualTo(lifted ? -1 : null);
    }
}
