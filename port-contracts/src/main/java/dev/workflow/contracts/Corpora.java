package dev.workflow.contracts;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Public test data, kept beside the project. */
public final class Corpora {
    private Corpora() {}

    /** The files in this folder whose names match; a machine without the corpora skips the test. */
    public static List<Path> files(String folder, String name) {
        Path files = folder(folder);
        try (Stream<Path> all = Files.list(files)) {
            return all.filter(file -> file.getFileName().toString().matches(name))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Path folder(String folder) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve("shared/corpora"))) {
                return at.resolve("shared/corpora").resolve(folder);
            }
        }
        return abort("There is no folder shared/corpora beside the project.");
    }
}
