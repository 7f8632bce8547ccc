package dev.workflow.bootstrap;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * PostgreSQL's own programs.
 *
 * @param folder where they are unpacked
 * @param log gets what they say
 */
record PostgresPrograms(Path folder, Path log) {
    private static final Path THIS_PROCESS = Path.of("/proc/self");

    /** Runs one to its end. */
    void run(String name, String... arguments) throws IOException {
        succeed(name, begin(name, arguments));
    }

    /** Runs one that reads {@code input}, which is nobody else's business, to its end. */
    void tell(String input, String name, String... arguments) throws IOException {
        Process process = begin(name, arguments);
        try (Writer writer = process.outputWriter(StandardCharsets.UTF_8)) {
            writer.write(input);
        }
        succeed(name, process);
    }

    private static void succeed(String name, Process process) throws IOException {
        int exitCode = end(process);
        if (exitCode != 0) {
            throw new IOException(name + " ended with exit code " + exitCode);
        }
    }

    Process begin(String name, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(asSomebody());
        command.add(folder.resolve("bin").resolve(name).toString());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /** PostgreSQL refuses to run as root, as containers and build machines do. In a user namespace of its own, root is nobody. */
    private static List<String> asSomebody() throws IOException {
        boolean isRoot = Files.exists(THIS_PROCESS)
                && Files.getAttribute(THIS_PROCESS, "unix:uid").equals(0);
        return isRoot ? List.of("unshare", "--user") : List.of();
    }

    private static int end(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            process.onExit().join();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
