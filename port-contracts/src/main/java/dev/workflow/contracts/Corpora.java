package dev.workflow.csv;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Public test data, kept beside the project. */
final class Corpora {
    private Corpora() {}

    /** The files in this folder whose names match; a machine without the corpora skips the test. */
    static List<Path> files(String folder, String name) {
        Path files = folder(folder);
        try (Stream<Path> all = Files.list(files)) {
            return all.filter(file -> file.getFileName().toString().matches(name))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path folder(String folder) {
        Path at = Path.of("").toAbsolutePath();
        while (at != null && !Files.isDirectory(at.resolve("shared/corpora"))) {
            at = at.getParent();
        }
        assumeTrue(at != null, "There is no folder shared/corpora beside the project.");
        return at.resolve("shared/corpora").resolve(folder);
    }
}
