package dev.workflow.bootstrap;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A PostgreSQL of our own, on files that stay. Its binaries are unpacked beside them, and its port is kept, so that a tool
 * that was once connected finds it again.
 */
final class EmbeddedDatabase implements AutoCloseable {
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);
    private static final Duration ORPHAN_PATIENCE = Duration.ofSeconds(15);

    private final EmbeddedPostgres server;

    private EmbeddedDatabase(EmbeddedPostgres server) {
        this.server = server;
    }

    static EmbeddedDatabase start(DataDirectory directory) {
        Path files = directory.resolve("postgresql");
        Path complete = directory.resolve("complete");
        Path log = directory.resolve("postgresql.log");
        try {
            endOrphan(files);
            if (!Files.exists(complete)) {
                deleteHalfMade(files);
            }
            EmbeddedDatabase database = new EmbeddedDatabase(
                    builder(directory, files, log).setPort(port(directory)).start());
            Files.writeString(complete, "The first start came to its end: the files beside this one are whole.\n");
            return database;
        } catch (IOException | RuntimeException e) {
            throw new StartFailure(
                    "The embedded PostgreSQL did not start (" + reason(e) + "; its log is " + log
                            + "): mend that, or set DATABASE_URL to use a server of your own.",
                    e);
        }
    }

    private static EmbeddedPostgres.Builder builder(DataDirectory directory, Path files, Path log) {
        ProcessBuilder.Redirect toLog = ProcessBuilder.Redirect.appendTo(log.toFile());
        return EmbeddedPostgres.builder()
                .setDataDirectory(files)
                .setCleanDataDirectory(false)
                .setOverrideWorkingDirectory(directory.resolve("binaries").toFile())
                .setRegisterShutdownHook(false)
                .setPGStartupWait(START_PATIENCE)
                .setOutputRedirector(toLog)
                .setErrorRedirector(toLog)
                .setLocaleConfig("locale", "C")
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("max_connections", "100");
    }

    /** A server whose service was killed goes on alone; it would hold the files. */
    private static void endOrphan(Path files) throws IOException {
        Optional<ProcessHandle> orphan = postmaster(files.resolve("postmaster.pid"));
        if (orphan.isEmpty()) {
            return;
        }
        orphan.get().destroy();
        try {
            orphan.get().onExit().get(ORPHAN_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException(
                    "the server of an earlier run, process " + orphan.get().pid() + ", still has clients", e);
        } catch (ExecutionException e) {
            throw new IOException("the server of an earlier run cannot be waited for", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** The number in the file of a server that crashed may belong to any process by now. */
    private static Optional<ProcessHandle> postmaster(Path pidFile) throws IOException {
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(pidFile);
        return lines.isEmpty()
                ? Optional.empty()
                : ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                        .filter(process -> process.info().command().orElse("").contains("postgres"));
    }

    /** What a first start left that was killed before its end: nothing was ever stored there. */
    private static void deleteHalfMade(Path files) throws IOException {
        if (!Files.exists(files)) {
            return;
        }
        try (Stream<Path> all = Files.walk(files)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    /** The port of the last start, or a free one where that is taken by now. */
    private static int port(DataDirectory directory) throws IOException {
        Path kept = directory.resolve("port");
        int port = free(Files.exists(kept)
                        ? Integer.parseInt(Files.readString(kept).strip())
                        : 0)
                .or(() -> free(0))
                .orElseThrow(() -> new IOException("no port is free"));
        Files.writeString(kept, port + "\n");
        return port;
    }

    private static Optional<Integer> free(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return Optional.of(socket.getLocalPort());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String reason(Exception e) {
        Throwable cause = e.getCause();
        return String.valueOf((e instanceof UncheckedIOException && cause != null ? cause : e).getMessage());
    }

    String url() {
        return server.getJdbcUrl("postgres", "postgres");
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
