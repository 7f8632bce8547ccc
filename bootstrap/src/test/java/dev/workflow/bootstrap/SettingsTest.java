package dev.workflow.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workflow.application.RemoveOld.Keep;
import dev.workflow.bootstrap.Settings.Broker;
import dev.workflow.bootstrap.Settings.Listen;
import dev.workflow.bootstrap.Settings.Periods;
import dev.workflow.bootstrap.Settings.Storage;
import dev.workflow.domain.StorePolicy;
import dev.workflow.postgres.server.DatabaseUrl;
import dev.workflow.rabbitmq.QueueType;
import dev.workflow.rabbitmq.RabbitSettings;
import dev.workflow.rest.access.ApiKey;
import dev.workflow.rest.access.ApiKeys;
import dev.workflow.rest.access.Role;
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
                        new Listen(new Address("HOST", "127.0.0.1", "PORT", 8000), null, true),
                        new Storage.Embedded(Path.of("data"), 10),
                        new StorePolicy(5, Duration.ofHours(24)),
                        new Broker.InMemory(),
                        new Periods(Duration.ofSeconds(30), Duration.ofSeconds(5), new Keep(null, null))));
    }

    @Test
    void whatIsKeptAndHowOftenIsSet() {
        Settings settings = Settings.from(Map.of(
                "WORKFLOW_MAX_ATTEMPTS",
                "3",
                "WORKFLOW_IDEMPOTENCY_TTL",
                "90m",
                "WORKFLOW_RETENTION_CONSUMED",
                "30d",
                "WORKFLOW_RETENTION_DEAD",
                "keep"));
        assertThat(settings.policy()).isEqualTo(new StorePolicy(3, Duration.ofMinutes(90)));
        assertThat(settings.periods().keep()).isEqualTo(new Keep(Duration.ofDays(30), null));
    }

    @Test
    void withKeysItMayListenWhereOthersReachIt() {
        String hash = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";
        Settings settings = Settings.from(Map.of("HOST", "0.0.0.0", "WORKFLOW_API_KEYS", "me:admin:" + hash));

        ApiKeys keys = settings.listen().apiKeys();
        assertThat(keys).isNotNull();
        assertThat(keys.all()).containsExactly(new ApiKey("me", Role.ADMIN));
        assertThat(Service.access(keys)).isEqualTo("by API key: me (admin)");
        assertThat(Service.firstCall(keys)).startsWith("/workflow -H").endsWith("X-API-Key: <key>'");
        assertThat(Service.firstCall(ApiKeys.parse("me:viewer:" + hash)))
                .isEqualTo("/workflow/stats -H 'X-API-Key: <key>'");
        assertThat(Service.firstCall(null)).doesNotContain("X-API-Key");
    }

    /** As in Docker Compose, where it is always set. */
    @Test
    void keysCountMoreThanTheLeaveToDoWithout() {
        String keys = "me:admin:2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";

        assertThat(Settings.from(Map.of("WORKFLOW_ANONYMOUS", "true", "WORKFLOW_API_KEYS", keys))
                        .listen()
                        .apiKeys())
                .isNotNull();
    }

    static Stream<Arguments> halvesOfCredentials() {
        DatabaseUrl whole = new DatabaseUrl("jdbc:postgresql://h/x", "me", "secret");
        return Stream.of(
                Arguments.of(Map.of("DATABASE_URL", "postgres://me@h/x", "DATABASE_PASSWORD", "secret"), whole),
                Arguments.of(Map.of("DATABASE_URL", "postgres://:secret@h/x", "DATABASE_USERNAME", "me"), whole),
                Arguments.of(
                        Map.of("DATABASE_URL", "jdbc:postgresql://h/x?user=me", "DATABASE_PASSWORD", "secret"),
                        new DatabaseUrl("jdbc:postgresql://h/x?user=me", null, "secret")));
    }

    /** The password alone is what is usually kept apart. */
    @ParameterizedTest
    @MethodSource("halvesOfCredentials")
    void theUrlMayHoldHalfOfTheCredentials(Map<String, String> environment, DatabaseUrl url) {
        assertThat(Settings.from(environment).storage()).isEqualTo(new Storage.Server("DATABASE_URL", url, 10));
    }

    @Test
    void wordsMayBeSpelledInAnyCase() {
        Settings settings = Settings.from(Map.of(
                "LOG_LEVEL", "INFO",
                "LOG_FORMAT", "Text",
                "WORKFLOW_CONSOLE", "OFF",
                "WORKFLOW_RETENTION_DEAD", "Keep",
                "RABBITMQ_URI", "amqp://localhost",
                "RABBITMQ_QUEUE_TYPE", "QUORUM"));

        assertThat(settings.listen().console()).isFalse();
        assertThat(settings.periods().keep()).isEqualTo(new Keep(null, null));
        assertThat(settings.broker())
                .isEqualTo(new Broker.RabbitMq("amqp://localhost", new RabbitSettings("workflow", QueueType.QUORUM)));
        assertThat(System.getProperty("LOG_FORMAT")).isEqualTo("text");
        assertThat(System.getProperty("LOG_LEVEL")).isEqualTo("info");
    }

    static Stream<Arguments> wrongSettings() {
        return Stream.of(
                Arguments.of(Map.of("PORT", "eighty"), "PORT"),
                Arguments.of(Map.of("HOST", "0.0.0.0"), "WORKFLOW_ANONYMOUS"),
                Arguments.of(Map.of("HOST", "no-such-host.invalid"), "HOST"),
                Arguments.of(Map.of("MICRONAUT_SERVER_HOST", "0.0.0.0"), "MICRONAUT_SERVER_HOST is \"0.0.0.0\","),
                Arguments.of(Map.of("MICRONAUT_SERVER_PORT", "eighty"), "MICRONAUT_SERVER_PORT is \"eighty\","),
                Arguments.of(Map.of("WORKFLOW_ANONYMOUS", "perhaps"), "WORKFLOW_ANONYMOUS"),
                Arguments.of(
                        Map.of("WORKFLOW_CONSOLE", "maybe"), "WORKFLOW_CONSOLE is \"maybe\", but it takes on or off."),
                Arguments.of(Map.of("WORKFLOW_CONSOLE", "false"), "WORKFLOW_CONSOLE"),
                Arguments.of(Map.of("DATABASE_URL", "mysql://localhost/x"), "DATABASE_URL"),
                Arguments.of(Map.of("DATASOURCES_DEFAULT_URL", "mysql://h/x"), "DATASOURCES_DEFAULT_URL begins with"),
                Arguments.of(Map.of("DATABASE_USERNAME", "me"), "DATABASE_URL"),
                Arguments.of(
                        Map.of("DATASOURCES_DEFAULT_PASSWORD", "secret"),
                        "DATASOURCES_DEFAULT_PASSWORD is set without DATABASE_URL."),
                Arguments.of(Map.of("DATABASE_PASSWORD", "secret"), "DATABASE_PASSWORD is set without DATABASE_URL."),
                Arguments.of(
                        Map.of("DATABASE_URL", "postgres://localhost/x", "DATABASE_PASSWORD", "secret"),
                        "set DATABASE_USERNAME"),
                Arguments.of(Map.of("DATABASE_POOL_SIZE", "4"), "DATABASE_POOL_SIZE"),
                Arguments.of(Map.of("DATABASE_POOL_SIZE", "1001"), "DATABASE_POOL_SIZE"),
                Arguments.of(Map.of("RABBITMQ_URI", "http://localhost"), "RABBITMQ_URI"),
                Arguments.of(Map.of("RABBITMQ_QUEUE", "x"), "RABBITMQ_URI"),
                Arguments.of(
                        Map.of("RABBITMQ_URI", "amqp://localhost", "RABBITMQ_QUEUE_TYPE", "stream"),
                        "RABBITMQ_QUEUE_TYPE"),
                Arguments.of(Map.of("WORKFLOW_RECONCILE_AFTER", "soon"), "WORKFLOW_RECONCILE_AFTER"),
                Arguments.of(
                        Map.of("WORKFLOW_RECONCILE_AFTER", "0s"),
                        "WORKFLOW_RECONCILE_AFTER is \"0s\", but it takes at least 1s."),
                Arguments.of(Map.of("WORKFLOW_MAX_ATTEMPTS", "0"), "WORKFLOW_MAX_ATTEMPTS"),
                Arguments.of(Map.of("WORKFLOW_MAX_ATTEMPTS", "1000001"), "WORKFLOW_MAX_ATTEMPTS"),
                Arguments.of(Map.of("WORKFLOW_IDEMPOTENCY_TTL", "1 day"), "WORKFLOW_IDEMPOTENCY_TTL"),
                Arguments.of(
                        Map.of("WORKFLOW_IDEMPOTENCY_TTL", "0s"),
                        "WORKFLOW_IDEMPOTENCY_TTL is \"0s\", but it takes at least 1s."),
                Arguments.of(
                        Map.of("DRAIN_DELAY", "999999999999999999d"),
                        "DRAIN_DELAY is \"999999999999999999d\", but it takes at most 36500d."),
                Arguments.of(Map.of("WORKFLOW_RETENTION_CONSUMED", "forever"), "WORKFLOW_RETENTION_CONSUMED"),
                Arguments.of(Map.of("WORKFLOW_RETENTION_DEAD", "99999999d"), "WORKFLOW_RETENTION_DEAD"),
                Arguments.of(Map.of("WORKFLOW_API_KEYS", "a:admin:secret"), "WORKFLOW_API_KEYS"),
                Arguments.of(Map.of("WORKFLOW_API_KEYS", ","), "WORKFLOW_API_KEYS"));
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
