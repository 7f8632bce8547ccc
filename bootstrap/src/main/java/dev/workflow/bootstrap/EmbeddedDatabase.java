package dev.workflow.bootstrap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A PostgreSQL of our own, on files that stay. Its programs are unpacked beside them, and its port is kept, so that a tool
 * that was once connected finds it again.
 */
final class EmbeddedDatabase implements AutoCloseable {
    private static final String ADDRESS = "127.0.0.1";
    /** Its own programs look ten times a second whether a server is ready. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2);

    private static final Duration START_PATIENCE = Duration.ofSeconds(60);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);
    private static final Duration ORPHAN_PATIENCE = Duration.ofSeconds(15);
    private static final Duration BETWEEN_STARTS = Duration.ofSeconds(1);
    private static final System.Logger LOG = System.getLogger(EmbeddedDatabase.class.getName());

    private final PostgresPrograms programs;
    private final Path files;
    private final int port;
    private volatile boolean closed;

    private EmbeddedDatabase(PostgresPrograms programs, Path files, int port) {
        this.programs = programs;
        this.files = files;
        this.port = port;
    }

    static EmbeddedDatabase start(DataDirectory directory) {
        Path log = directory.resolve("postgresql.log");
        try {
            return start(directory, log);
        } catch (IOException | RuntimeException e) {
            throw new StartFailure(
                    "The embedded PostgreSQL did not start (" + reason(e) + "; its log is " + log
                            + "): mend that, or set DATABASE_URL to use a server of your own.",
                    e);
        }
    }

    private static EmbeddedDatabase start(DataDirectory directory, Path log) throws IOException {
        Path files = directory.resolve("postgresql");
        // A server whose service was killed goes on alone; it would hold the files.
        Postmaster.of(files).end(ORPHAN_PATIENCE);
        Path unpacked = PostgresArchive.ofThisMachine().unpackedIn(directory.resolve("binaries"));
        EmbeddedDatabase database = new EmbeddedDatabase(new PostgresPrograms(unpacked, log), files, port(directory));
        Path complete = directory.resolve("complete");
        if (Files.exists(complete)) {
            database.serve();
        } else {
            database.makeFiles();
            database.serve();
            Files.writeString(complete, "The first start came to its end: the files beside this one are whole.\n");
        }
        database.watch();
        return database;
    }

    /** Whoever it was that ended it, nobody else would start it again. */
    private void watch() throws IOException {
        Optional<ProcessHandle> server = Postmaster.of(files).process();
        if (server.isPresent()) {
            var _ = server.get().onExit().thenRunAsync(this::startAgain);
        }
    }

    private void startAgain() {
        if (closed) {
            return;
        }
        LOG.log(System.Logger.Level.WARNING, "The embedded PostgreSQL has ended and is started again.");
        try {
            serve();
            watch();
        } catch (IOException | RuntimeException e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "The embedded PostgreSQL did not start again; see postgresql.log in its folder.",
                    e);
            CompletableFuture.delayedExecutor(BETWEEN_STARTS.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(this::startAgain);
        }
    }

    /** A first start that was killed before its end may have left some: nothing was ever stored there. */
    private void makeFiles() throws IOException {
        Folders.delete(files);
        programs.run("initdb", "-D", files.toString(), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C");
    }

    /** Returns once it takes connections: it says so in its files at once, and its own tool would look too seldom. */
    private void serve() throws IOException {
        Postmaster before = Postmaster.of(files);
        Process starting = programs.begin(
                "pg_ctl", "start", "-D", files.toString(), "-t", seconds(START_PATIENCE), "-o", serverOptions());
        for (Postmaster now = before; now.equals(before) || !now.isReady(); now = Postmaster.of(files)) {
            if (!starting.isAlive() && starting.exitValue() != 0) {
                throw new IOException("pg_ctl ended with exit code " + starting.exitValue());
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private String serverOptions() {
        return String.join(
                " -c ",
                "-p " + port,
                "listen_addresses=" + ADDRESS,
                "unix_socket_directories=",
                "max_connections=100",
                "fsync=on",
                "full_page_writes=on",
                "synchronous_commit=on");
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
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.ofLiteral(ADDRESS))) {
            return Optional.of(socket.getLocalPort());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String reason(Exception e) {
        Throwable cause = e.getCause();
        return String.valueOf((e instanceof UncheckedIOException && cause != null ? cause : e).getMessage());
    }

    private static String seconds(Duration duration) {
        return Long.toString(duration.toSeconds());
    }

    String url() {
        return "jdbc:postgresql://" + ADDRESS + ":" + port
                + "/postgres?user=postgres&sslmode=disable&gssEncMode=disable";
    }

    @Override
    public void close() {
        closed = true;
        try {
            programs.run("pg_ctl", "stop", "-D", files.toString(), "-m", "fast", "-t", seconds(STOP_PATIENCE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
