package dev.workflow.bootstrap.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an operator sees who starts the service, rightly or wrongly. */
@Timeout(300)
class StartIT {
    @TempDir
    private Path folder;

    @Test
    void saysWhereItListensWhatItUsesAndWhatToTryFirst() {
        try (RunningJar service = RunningJar.start(folder, Map.of()).awaitListening()) {
            assertThat(service.output())
                    .contains("listening on " + service.uri())
                    .containsPattern("storage +PostgreSQL 18\\S* \\(embedded")
                    .containsPattern("queue +in memory")
                    .contains("curl -i " + service.uri() + "/workflow");
        }
    }

    @Test
    void endsWithOneLineWhenAnotherInstanceHasTheDataDirectory() {
        try (RunningJar first = RunningJar.start(folder, Map.of()).awaitListening()) {
            RunningJar second = RunningJar.start(folder, Map.of());

            assertThat(second.awaitEnd()).isEqualTo(1);
            assertOneLine(second, "Another instance is running on the data directory", "WORKFLOW_DATA_DIR");
            assertThat(first.get("/health/readiness").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void endsWithOneLineWhenThePortIsTakenAndLeavesNothingRunning() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Map<String, String> port = Map.of("PORT", Integer.toString(taken.getLocalPort()));
            for (int attempt = 0; attempt < 2; attempt++) {
                RunningJar service = RunningJar.start(folder, port);

                assertThat(service.awaitEnd()).isEqualTo(1);
                assertOneLine(service, "PORT", Integer.toString(taken.getLocalPort()));
            }
        }
    }

    static Stream<Arguments> wrongSettings() {
        return Stream.of(
                Arguments.of(Map.of("PORT", "eighty"), "PORT"),
                Arguments.of(Map.of("HOST", "0.0.0.0"), "WORKFLOW_ANONYMOUS"),
                Arguments.of(Map.of("HOST", "no-such-host.invalid"), "HOST"),
                Arguments.of(Map.of("WORKFLOW_ANONYMOUS", "perhaps"), "WORKFLOW_ANONYMOUS"),
                Arguments.of(Map.of("DATABASE_URL", "mysql://localhost/x"), "DATABASE_URL"),
                Arguments.of(Map.of("DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/x"), "DATABASE_URL"),
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
    void endsWithOneLineThatNamesTheSetting(Map<String, String> environment, String named) {
        RunningJar service = RunningJar.start(folder, environment);

        assertThat(service.awaitEnd()).isEqualTo(1);
        assertOneLine(service, named);
        assertThat(service.output()).doesNotContain("secret");
    }

    private static void assertOneLine(RunningJar service, String... parts) {
        assertThat(service.output().strip().lines().toList()).hasSize(1);
        assertThat(service.output()).startsWith("workflow: ").contains(parts).doesNotContain("Exception");
    }
}
