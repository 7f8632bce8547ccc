package dev.workflow.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OrphansTest {
    @TempDir
    private Path folder;

    @Test
    void endsTheProgramThatWorksThereAndNoOther() throws IOException {
        Process there = program("there");
        Process elsewhere = program("elsewhere");
        try {
            Orphans.end("head", folder.resolve("there"));
            assertThat(there.isAlive()).as("a program of another name").isTrue();

            Orphans.end("tail", folder.resolve("there"));
            assertThat(there.isAlive()).isFalse();
            assertThat(elsewhere.isAlive()).isTrue();
        } finally {
            there.destroyForcibly();
            elsewhere.destroyForcibly();
        }
    }

    private Process program(String file) throws IOException {
        Process process = new ProcessBuilder(
                        "tail", "-f", Files.createFile(folder.resolve(file)).toString())
                .start();
        Eventually.holds("it runs", () -> process.info().command().orElse("").endsWith("/tail"));
        return process;
    }
}
