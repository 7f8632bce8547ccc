package dev.workflow.bootstrap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The server of the embedded database: started again whenever it ends, until it is closed. */
final class EmbeddedServer implements AutoCloseable {
    static final String ADDRESS = "127.0.0.1";
    /** Its own programs look ten times a second whether a server is ready. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2);

    private static final Duration START_PATIENCE = Duration.ofSeconds(60);
    private static final Duration FORK_PATIENCE = Duration.ofSeconds(1);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);
    private static final Duration BETWEEN_GLANCES = Duration.ofMillis(250);
    private static final Duration BETWEEN_STARTS = Duration.ofSeconds(1);
    /** Exit codes above it are signals. */
    private static final int SIGNALS = 128;

    private static final System.Logger LOG = System.getLogger(EmbeddedServer.class.getName());

    private final PostgresPrograms programs;
    private final Path files;
    private final int port;
    private final int maxConnections;
    private final FailedTries failedTries = new FailedTries();
    private volatile boolean closed;

    EmbeddedServer(PostgresPrograms programs, Path files, int port, int maxConnections) {
        this.programs = programs;
        this.files = files;
        this.port = port;
        this.maxConnections = maxConnections;
    }

    /** Returns once it takes connections; throws and leaves no server when the thread is interrupted before. */
    void start() throws IOException {
        serve();
        glanceAfter(BETWEEN_GLANCES);
    }

    private void serve() throws IOException {
        Postmaster.forgetCrashed(files);
        Postmaster before = Postmaster.of(files);
        Process starting = programs.begin(
                "pg_ctl", "start", "-D", files.toString(), "-t", seconds(START_PATIENCE), "-o", options());
        try {
            awaitReady(starting, before);
        } catch (IOException | RuntimeException e) {
            var _ = Thread.interrupted(); // what follows is not to be cut short
            awaitFork(starting, before);
            if (!Postmaster.of(files).equals(before)) {
                stop(); // else it is not the one that was to be started
            }
            throw e;
        }
    }

    private String options() {
        return String.join(
                " -c ",
                "-p " + port,
                "listen_addresses=" + ADDRESS,
                "unix_socket_directories=",
                "max_connections=" + maxConnections,
                "fsync=on",
                "full_page_writes=on",
                "synchronous_commit=on");
    }

    /** The server says so in its files at once, and its own tool would look too seldom. */
    private void awaitReady(Process starting, Postmaster before) throws IOException {
        for (Postmaster now = before; now.equals(before) || !now.isReady(); now = Postmaster.of(files)) {
            if (!starting.isAlive() && starting.exitValue() != 0) {
                throw new IOException("pg_ctl ended with exit code " + starting.exitValue());
            }
            if (closed || Thread.currentThread().isInterrupted()) {
                throw new IOException("it is not wanted any more");
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    /**
     * Until the server can be found, if there will be one. Between its fork and that only {@code pg_ctl} knows it, which Ctrl-C
     * in a terminal ends too.
     */
    private void awaitFork(Process starting, Postmaster before) throws IOException {
        long deadline = System.nanoTime() + FORK_PATIENCE.toNanos();
        while (Postmaster.of(files).equals(before) && mayHaveForked(starting, deadline)) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private static boolean mayHaveForked(Process starting, long deadline) {
        return starting.isAlive() || (starting.exitValue() > SIGNALS && System.nanoTime() - deadline < 0);
    }

    /**
     * Whoever it was that ended it, nobody else would start it again. A handle of the process would not tell: where this is
     * process 1, as in a container, who has ended counts as alive.
     */
    private void glanceAfter(Duration pause) {
        CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS)
                .execute(this::glance);
    }

    /**
     * It only seems to have ended where a process that has no file descriptors left sees no other either. Where it has, the first
     * start may fail, while the last of its processes still end.
     */
    synchronized void glance() {
        if (closed) {
            return;
        }
        Duration pause = BETWEEN_STARTS;
        try {
            if (Postmaster.of(files).process().isEmpty()) {
                serve();
                LOG.log(System.Logger.Level.WARNING, "The embedded PostgreSQL had ended and was started again.");
            } else {
                pause = BETWEEN_GLANCES;
            }
            failedTries.succeeded();
        } catch (IOException | RuntimeException e) {
            if (failedTries.worthTelling()) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        () -> "The embedded PostgreSQL has ended and cannot be started again, or cannot be seen: "
                                + e.getMessage() + ". It is tried each second; see postgresql.log in its folder.");
            }
        }
        glanceAfter(pause);
    }

    private void stop() throws IOException {
        if (Postmaster.of(files).process().isPresent()) {
            programs.run("pg_ctl", "stop", "-D", files.toString(), "-m", "fast", "-t", seconds(STOP_PATIENCE));
        }
    }

    private static String seconds(Duration duration) {
        return Long.toString(duration.toSeconds());
    }

    @Override
    public void close() {
        closed = true;
        var _ = Thread.interrupted(); // whoever interrupts wants an end, and here it is
        stopAfterStart();
    }

    /** A start that is under way notices that it is not wanted any more. */
    private synchronized void stopAfterStart() {
        try {
            stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
