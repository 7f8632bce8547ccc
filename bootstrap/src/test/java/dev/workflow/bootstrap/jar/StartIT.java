package dev.workflow.bootstrap.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees who starts the service, rightly or wrongly. */
@Timeout(300)
class StartIT {
    @TempDir
    private Path folder;

    @Test
    void saysWhereItListensWhatItUsesAndWhatToTryFirst() {
        try (RunningJar service = RunningJar.startFresh(folder, Map.of("WORKFLOW_API_KEY", "mistyped"))
                .awaitListening()) {
            assertThat(service.output())
                    .contains("listening on " + service.uri())
                    .containsPattern("storage +PostgreSQL 18\\S* \\(embedded")
                    .containsPattern("queue +in memory")
                    .contains("curl -i " + service.uri() + "/workflow")
                    .containsOnlyOnce(
                            "WORKFLOW_API_KEY is no setting of this service; did you mean WORKFLOW_API_KEYS?");
        }
    }

    @Test
    void nothingThatItSaysTellsThePasswordOfItsDatabase() throws IOException {
        try (RunningJar service =
                RunningJar.start(folder, Map.of("LOG_LEVEL", "trace")).awaitListening()) {
            String password = Files.readString(folder.resolve("data/password")).strip();

            assertThat(service.get("/health").body()).contains("server_version").doesNotContain(password);
            assertThat(service.post("/workflow", "{\"data\":1}").statusCode()).isEqualTo(201);
            assertThat(service.output()).contains("DEBUG").doesNotContain(password, "ProcessBuilder.start() debug");
        }
    }

    /** In AOT mode "on" the JVM would not start with a cache that does not fit. */
    @Test
    void usesTheAotCacheThatTheBuildMade() {
        Map<String, String> insist = Map.of("JDK_JAVA_OPTIONS", "-XX:AOTMode=on");
        try (RunningJar service = RunningJar.start(folder, insist).awaitListening()) {
            assertThat(service.post("/workflow", "{\"data\":1}").statusCode()).isEqualTo(201);
        }
    }

    /** There numbers are spelled with digits that neither PostgreSQL nor a client reads. */
    @Test
    void servesOnAMachineThatSpeaksArabic() {
        Map<String, String> arabic = Map.of("JDK_JAVA_OPTIONS", "-Duser.language=ar -Duser.country=EG");
        try (RunningJar service = RunningJar.start(folder, arabic).awaitListening()) {
            assertThat(service.post("/workflow", "{\"data\":1}").statusCode()).isEqualTo(201);
            assertThat(service.get("/workflow/consume?wait=20&max=2").body()).isEqualTo("value\r\n1\r\n");
            assertThat(service.post("/workflow/dead/redrive", "{\"all\":true}").statusCode())
                    .isEqualTo(200);
            assertThat(service.get("/workflow/stats").body()).contains("\"consumed\":1,");
            assertThat(service.get("/problems/unavailable").body()).contains("(HTTP status 503)");
            assertThat(service.get("/prometheus").body()).contains("workflow_consumed_total 1.0");
        }
    }

    @Test
    void logsAsJsonHoweverThatIsSpelled() {
        try (RunningJar service = RunningJar.start(folder, Map.of("LOG_FORMAT", "JSON", "LOG_LEVEL", "Info"))
                .awaitListening()) {
            service.terminate();
            service.awaitEnd();

            assertThat(service.output().lines())
                    .allMatch(line -> line.startsWith("{") && line.endsWith("}"))
                    .anyMatch(line -> line.contains("\"message\":\"Workflow is listening on "))
                    .anyMatch(line -> line.contains("\"message\":\"Draining.\""));
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

    /** 192.0.2.1 is kept for documents (RFC 5737): no machine has it. */
    @Test
    void endsWithOneLineThatNamesTheHostWhenThatIsAnotherMachines() {
        RunningJar service =
                RunningJar.start(folder, Map.of("MICRONAUT_SERVER_HOST", "192.0.2.1", "WORKFLOW_ANONYMOUS", "true"));

        assertThat(service.awaitEnd()).isEqualTo(1);
        assertOneLine(service, "MICRONAUT_SERVER_HOST is \"192.0.2.1\", which is not an address of this machine");
    }

    @Test
    void endsWithOneLineWhenASettingIsWrongOrLeadsNowhere() {
        RunningJar wrong = RunningJar.start(folder, Map.of("LOG_LEVEL", "loud"));
        RunningJar nowhere = RunningJar.start(folder, Map.of("DATABASE_URL", "postgres://me:secret@127.0.0.1:1/x"));
        RunningJar other = RunningJar.start(folder, Map.of("DATASOURCES_DEFAULT_URL", "postgres://me@127.0.0.1:1/x"));

        assertThat(wrong.awaitEnd()).isEqualTo(1);
        assertOneLine(wrong, "LOG_LEVEL is \"loud\"");
        assertThat(nowhere.awaitEnd()).isEqualTo(1);
        assertOneLine(nowhere, "DATABASE_URL: The database at 127.0.0.1:1/x cannot be reached");
        assertThat(nowhere.output()).doesNotContain("secret");
        assertThat(other.awaitEnd()).isEqualTo(1);
        assertOneLine(other, "DATASOURCES_DEFAULT_URL: The database at 127.0.0.1:1/x cannot be reached");
    }

    private static void assertOneLine(RunningJar service, String... parts) {
        assertThat(service.output().strip().lines().toList()).hasSize(1);
        assertThat(service.output()).startsWith("workflow: ").contains(parts).doesNotContain("Exception");
    }
}
