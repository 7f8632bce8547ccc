package dev.workflow.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PostgresArchiveTest {
    @TempDir
    private Path folder;

    @Test
    void isTheSameWhoeverUnpacksIt() throws IOException {
        PostgresArchive archive = PostgresArchive.ofThisMachine();
        Path byTar = Files.createDirectory(folder.resolve("tar"));
        Path byJava = Files.createDirectory(folder.resolve("java"));

        assumeThat(archive.unpackByTar(byTar)).as("tar and xz are here").isTrue();
        archive.unpack(byJava);

        assertThat(tree(byTar)).isNotEmpty().isEqualTo(tree(byJava));
    }

    /** Size and rights of each file, the target of each link. */
    private static Map<String, String> tree(Path root) throws IOException {
        Map<String, String> tree = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path each : all.filter(path -> !path.equals(root)).toList()) {
                tree.put(root.relativize(each).toString(), described(each));
            }
        }
        return tree;
    }

    private static String described(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            return "to " + Files.readSymbolicLink(path);
        }
        return Files.isDirectory(path) ? "folder" : Files.size(path) + " bytes, " + Files.isExecutable(path);
    }
}
