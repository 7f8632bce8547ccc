package dev.workflow.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workflow.bootstrap.Settings.Broker;
import dev.workflow.bootstrap.Settings.Listen;
import dev.workflow.bootstrap.Settings.Storage;
import dev.workflow.bootstrap.Settings.Upkeep;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Environment variables: their defaults, and what is said about a value that makes no sense. */
class SettingsTest {
    @Test
    void nothingNeedsToBeSet() {
        assertThat(Settings.from(Map.of()))
                .isEqualTo(new Settings(
                        new Listen("127.0.0.1", 8000),
                        new Storage.Embedded(Path.of("data"), 10),
                        new Broker.InMemory(),
                        new Upkeep(Duration.ofSeconds(30), Duration.ofSeconds(5))));
    }

    static Stream<Arguments> wrongSettings() {
        return Stream.of(
                Arguments.of(Map.of("PORT", "eighty"), "PORT"),
                Arguments.of(Map.of("HOST", "0.0.0.0"), "WORKFLOW_ANONYMOUS"),
                Arguments.of(Map.of("HOST", "no-such-host.invalid"), "HOST"),
                Arguments.of(Map.of("WORKFLOW_ANONYMOUS", "perhaps"), "WORKFLOW_ANONYMOUS"),
                Arguments.of(Map.of("DATABASE_URL", "mysql://localhost/x"), "DATABASE_URL"),
                Arguments.of(Map.of("DATABASE_USERNAME", "me"), "DATABASE_URL"),
                Arguments.of(Map.of("DATABASE_PASSWORD", "secret"), "DATABASE_USERNAME"),
                Arguments.of(Map.of("DATABASE_POOL_SIZE", "0"), "DATABASE_POOL_SIZE"),
                Arguments.of(Map.of("RABBITMQ_URI", "http://localhost"), "RABBITMQ_URI"),
                Arguments.of(Map.of("RABBITMQ_QUEUE", "x"), "RABBITMQ_URI"),
                Arguments.of(
                        Map.of("RABBITMQ_URI", "amqp://localhost", "RABBITMQ_QUEUE_TYPE", "stream"),
                        "RABBITMQ_QUEUE_TYPE"),
                Arguments.of(Map.of("WORKFLOW_RECONCILE_AFTER", "soon"), "WORKFLOW_RECONCILE_AFTER"),
                Arguments.of(Map.of("WORKFLOW_API_KEYS", "a:admin:00"), "WORKFLOW_API_KEYS"));
    }

    @ParameterizedTest
    @MethodSource("wrongSettings")
    void aWrongOneIsRefusedInOneLineThatNamesIt(Map<String, String> environment, String named) {
        assertThatThrownBy(() -> Settings.from(environment))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining(named)
                .hasMessageNotContaining("secret")
                .hasMessageNotContaining("\n");
    }
}
