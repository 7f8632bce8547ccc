package dev.workflow.benchmarks.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The folder of a run, and what it started: all of it goes when the run ends, however it ends. */
final class Sandbox implements AutoCloseable {
    private static final List<String> VARIABLES_OF_THE_SERVICE = List.of(
            "DATABASE_",
            "DATASOURCES_",
            "RABBITMQ_",
            "WORKFLOW_",
            "MICRONAUT_",
            "LOG_",
            "JAVA_TOOL_",
            "JDK_JAVA_",
            "DRAIN_");

    private final Path folder;
    private final List<Process> started = new CopyOnWriteArrayList<>();
    private final AtomicInteger runs = new AtomicInteger();
    private final Thread lastWill = new Thread(this::clear, "benchmark-last-will");

    private Sandbox(Path folder) {
        this.folder = folder;
        Runtime.getRuntime().addShutdownHook(lastWill);
    }

    static Sandbox open() throws IOException {
        return new Sandbox(Files.createTempDirectory("workflow-benchmark-"));
    }

    Path resolve(String name) {
        return folder.resolve(name);
    }

    Path write(String name, String text) {
        try {
            return Files.writeString(resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a program that goes on; what it says is in the file {@code name.log}. */
    Process start(String name, Map<String, String> environment, List<String> command) {
        ProcessBuilder builder = builder(command);
        builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log(name).toFile()));
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            started.add(process);
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> VARIABLES_OF_THE_SERVICE.stream().anyMatch(name::startsWith));
        builder.environment().remove("PORT");
        builder.environment().remove("HOST");
        return builder;
    }

    private Path log(String name) {
        return resolve(name + ".log");
    }

    String logged(String name) {
        try {
            return Files.exists(log(name)) ? Files.readString(log(name)) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a program to its end and returns what it said. */
    String run(Duration patience, List<String> command) {
        String name = Path.of(command.getFirst()).getFileName() + "-" + runs.incrementAndGet();
        Process process = start(name, Map.of(), command);
        if (!hasEnded(process, patience)) {
            end(process);
            throw new Broken(command.getFirst() + " did not end within " + patience.toSeconds() + " s");
        }
        started.remove(process);
        String said = logged(name);
        if (process.exitValue() != 0) {
            throw new Broken(command.getFirst() + " ended with exit code " + process.exitValue() + ": " + said.strip());
        }
        return said;
    }

    /** Asks a program to end, and insists after a while. */
    void stop(Process process, String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!hasEnded(process, Duration.ofSeconds(30))) {
            end(process);
        }
        started.remove(process);
    }

    private static boolean hasEnded(Process process, Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void end(Process process) {
        List<ProcessHandle> tree = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        tree.forEach(ProcessHandle::destroyForcibly);
        tree.forEach(each -> each.onExit().join());
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(lastWill);
        clear();
    }

    /** A server of PostgreSQL that is killed leaves processes that write a last time: hence twice. */
    private void clear() {
        started.reversed().forEach(Sandbox::end);
        try {
            delete(folder);
        } catch (IOException | UncheckedIOException again) {
            try {
                TimeUnit.SECONDS.sleep(1);
                delete(folder);
            } catch (IOException | UncheckedIOException | InterruptedException e) {
                System.err.println("Could not remove " + folder + ": " + e.getMessage());
            }
        }
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
