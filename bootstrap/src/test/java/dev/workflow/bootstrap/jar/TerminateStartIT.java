package dev.workflow.bootstrap.jar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SIGTERM before the service serves: what has been started by then ends with it, and the next start works. */
@Timeout(300)
class TerminateStartIT {
    private static final int TERMINATED = 128 + 15;

    @TempDir
    private Path folder;

    /** What appears in the folder in the course of a first start, one after the other. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "lock",
                "binaries/unpacking",
                "postgresql.new",
                "postgresql.new/PG_VERSION",
                "postgresql.new/global/pg_control",
                "postgresql",
                "postgresql/postmaster.opts"
            })
    void leavesNothingOfAFirstStart(String step) {
        RunningJar service = RunningJar.startFresh(folder, Map.of());
        Eventually.holds(step, () -> Files.exists(folder.resolve("data").resolve(step)));

        assertEndsWithAllThatItStarted(service);
        assertStarts();
    }

    @Test
    void leavesNoServerOfAnyLaterStart() {
        assertStarts();
        RunningJar service = RunningJar.start(folder, Map.of());
        Eventually.holds("a server is being started", () -> !serversIn(folder).isEmpty());

        assertEndsWithAllThatItStarted(service);
        assertStarts();
    }

    private void assertStarts() {
        try (RunningJar next = RunningJar.start(folder, Map.of()).awaitListening()) {
            assertThat(next.post("/workflow", "{\"data\":1}").statusCode()).isEqualTo(201);
        }
    }

    private void assertEndsWithAllThatItStarted(RunningJar service) {
        service.terminate();

        assertThat(service.awaitEnd()).isEqualTo(TERMINATED);
        assertThat(serversIn(folder)).isEmpty();
        assertThat(service.output()).endsWith(" Stopped.\n").doesNotContain("Exception", "\tat ", "workflow: ");
    }

    /** The command lines of the programs that work on the files in the folder. */
    private static List<String> serversIn(Path folder) {
        String files = folder.resolve("data").toString();
        return ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .filter(line -> line.contains(files) && !line.contains("workflow.jar"))
                .toList();
    }
}
