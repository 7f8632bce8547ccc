package dev.workflow.bootstrap;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What an operator is told whose folder for the data will not do. */
final class DataDirectoryTest {
    @Test
    void aFileIsNoFolder(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertRefused(file, file + " is no folder");
        assertRefused(file.resolve("data"), file + " is no folder");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void someFoldersTakeNoOthers() {
        assertRefused(Path.of("/proc/x"), "no folder can be made there");
    }

    private static void assertRefused(Path path, String reason) {
        assertThatThrownBy(() -> DataDirectory.hold(path).close())
                .isInstanceOf(StartFailure.class)
                .hasMessage("The data directory " + path + " cannot be used (" + reason
                        + "): set WORKFLOW_DATA_DIR to a folder that can be written.");
    }
}
