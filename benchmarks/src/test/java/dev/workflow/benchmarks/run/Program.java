package dev.workflow.benchmarks.run;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** What a row may need beside a JDK, and which Debian package has it. */
enum Program {
    WRK("wrk", "wrk"),
    PGBENCH("pgbench", "postgresql"),
    CURL("curl", "curl"),
    RABBITMQ("rabbitmq-server", "rabbitmq-server"),
    NODE("node", "nodejs"),
    NPM("npm", "npm");

    private static final Path RABBITMQ_SCRIPTS = Path.of("/usr/lib/rabbitmq/bin");

    private final String file;
    private final String debianPackage;

    Program(String file, String debianPackage) {
        this.file = file;
        this.debianPackage = debianPackage;
    }

    Optional<Path> found() {
        Stream<Path> folders = this == RABBITMQ
                ? Stream.of(RABBITMQ_SCRIPTS)
                : Arrays.stream(System.getenv("PATH").split(File.pathSeparator)).map(Path::of);
        return folders.map(folder -> folder.resolve(file))
                .filter(Files::isExecutable)
                .findFirst();
    }

    String path() {
        return found().orElseThrow(() -> new Broken(missing())).toString();
    }

    String missing() {
        return file + " is not installed (Debian's package " + debianPackage + ")";
    }
}
