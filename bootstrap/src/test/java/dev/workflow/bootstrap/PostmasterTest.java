package dev.workflow.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.workflow.contracts.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a server that crashed, by who has its number now. */
@Timeout(60)
final class PostmasterTest {
    @TempDir
    private Path files;

    private Path file;

    @BeforeEach
    void locate() {
        file = files.resolve("postmaster.pid");
    }

    private void write(long pid) throws IOException {
        Files.writeString(file, pid + "\n" + files + "\n");
    }

    @Test
    void isForgottenWhereAnotherProgramHasTheNumber() throws Exception {
        write(ProcessHandle.current().pid());

        Postmaster.forgetCrashed(files);

        assertThat(file).doesNotExist();
    }

    @Test
    void isForgottenWhereOneOfOurThreadsHasTheNumber() throws Exception {
        assumeThat(Path.of("/proc/thread-self")).exists();
        write(Long.parseLong(Files.readSymbolicLink(Path.of("/proc/thread-self"))
                .getFileName()
                .toString()));

        Postmaster.forgetCrashed(files);

        assertThat(file).doesNotExist();
    }

    @Test
    void isForgottenWhereItHasEndedAndItsParentHasNotNoticed() throws Exception {
        assumeThat(Path.of("/proc/self/stat")).exists();
        Process parent = new ProcessBuilder("sh", "-c", "sleep 60 & echo $!; exec sleep 60").start();
        try (BufferedReader said = parent.inputReader()) {
            long child = Long.parseLong(said.readLine());
            write(child);
            Eventually.holds(
                    "the parent is no shell any more, which would notice",
                    () -> status(parent.pid()).contains("Name:\tsleep"));
            ProcessHandle.of(child).orElseThrow().destroyForcibly();
            Eventually.holds("the child has ended", () -> status(child).contains("State:\tZ"));

            Postmaster.forgetCrashed(files);

            assertThat(file).doesNotExist();
            assertThat(Postmaster.of(files).process()).isEmpty();
        } finally {
            parent.destroyForcibly().waitFor();
        }
    }

    private static String status(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/status"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void isKeptWhereNothingHasTheNumber() throws Exception {
        write(Integer.MAX_VALUE);

        Postmaster.forgetCrashed(files);

        assertThat(file).exists();
    }
}
