package dev.workflow.bootstrap.jar;

import dev.workflow.contracts.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The jar that {@code package} leaves, run as a user runs it: a process of its own, in a folder of its own. */
final class RunningJar implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("listening on (http://[^\\s;]+)");
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private final Process process;
    private final Path output;

    private RunningJar(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /**
     * Starts it in {@code folder}, on a free port where {@code environment} names none. The binaries of PostgreSQL are unpacked
     * once for all such folders, which is what takes longest in a first start.
     */
    static RunningJar start(Path folder, Map<String, String> environment) {
        Path binaries = folder.resolve("data").resolve("binaries");
        try {
            if (!Files.exists(binaries)) {
                Files.createDirectories(binaries.getParent());
                Files.createSymbolicLink(
                        binaries,
                        Files.createDirectories(
                                Path.of("target", "postgresql-binaries").toAbsolutePath()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return startFresh(folder, environment);
    }

    /** Like {@link #start}, with nothing prepared. */
    static RunningJar startFresh(Path folder, Map<String, String> environment) {
        return startAs(command(), folder, environment);
    }

    /** Like {@link #startFresh}, by a command of its own. */
    static RunningJar startAs(List<String> command, Path folder, Map<String, String> environment) {
        try {
            Path output = Files.createTempFile(folder, "output", ".log");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().keySet().removeIf(RunningJar::isOurs);
            builder.environment().put("PORT", "0");
            builder.environment().put("DRAIN_DELAY", "0s");
            builder.environment().putAll(environment);
            return new RunningJar(builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + Path.of("target", "workflow.options").toAbsolutePath());
        command.add("-XX:TieredStopAtLevel=1"); // it ends before the second compiler would pay
        command.addAll(List.of(System.getProperty("jar.flags", "").split(" ")));
        command.add("-jar");
        command.add(Path.of("target", "workflow.jar").toAbsolutePath().toString());
        command.removeIf(String::isEmpty);
        return command;
    }

    private static boolean isOurs(String variable) {
        return variable.matches("(WORKFLOW|DATABASE|RABBITMQ|DATASOURCES|MICRONAUT)_.*|PORT|HOST|LOG_.*|DRAIN_DELAY");
    }

    /** Waits until it says that it listens. */
    RunningJar awaitListening() {
        Eventually.holds(
                "the service listens:\n" + output(), PATIENCE, () -> address().find() || !process.isAlive());
        if (!address().find()) {
            throw new AssertionError("The service ended:\n" + output());
        }
        return this;
    }

    /** JSON may have a backslash before a slash. */
    private Matcher address() {
        return LISTENING.matcher(output().replace("\\/", "/"));
    }

    String uri() {
        Matcher address = address();
        if (!address.find()) {
            throw new AssertionError("The service does not listen:\n" + output());
        }
        return address.group(1);
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return its exit code */
    int awaitEnd() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("The service does not end:\n" + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void terminate() {
        process.destroy();
    }

    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(URI.create(uri() + path)));
    }

    HttpResponse<String> post(String path, String json) {
        return send(HttpRequest.newBuilder(URI.create(uri() + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Ends it as an operator does, so that its database ends with it. */
    @Override
    public void close() {
        terminate();
        awaitEnd();
    }
}
