package dev.workflow.bootstrap;

import dev.workflow.postgres.server.DatabaseUrl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A PostgreSQL of our own, on files that stay. Its programs are unpacked beside them, and its port is kept, so that a tool
 * that was once connected finds it again.
 */
final class EmbeddedDatabase implements AutoCloseable {
    /** For what runs beside the requests, and for whoever looks in. */
    private static final int OTHER_CONNECTIONS = 90;

    private final EmbeddedServer server;
    private final int port;
    private final String password;

    private EmbeddedDatabase(EmbeddedServer server, int port, String password) {
        this.server = server;
        this.port = port;
        this.password = password;
    }

    /** @param poolSize how many connections requests take at most */
    static EmbeddedDatabase start(DataDirectory directory, int poolSize) {
        Path log = directory.resolve("postgresql.log");
        try {
            return start(directory, poolSize, log);
        } catch (IOException | RuntimeException e) {
            throw new StartFailure(
                    "The embedded PostgreSQL did not start (" + reason(e) + "; its log is " + log
                            + "): mend that, or set DATABASE_URL to use a server of your own.",
                    e);
        }
    }

    private static EmbeddedDatabase start(DataDirectory directory, int poolSize, Path log) throws IOException {
        Path files = directory.resolve("postgresql");
        // A server whose service was killed goes on alone; it would hold the files.
        Postmaster.of(files).end();
        Path unpacked = PostgresArchive.ofThisMachine().unpackedIn(directory.resolve("binaries"));
        PostgresPrograms programs = new PostgresPrograms(unpacked, log);
        int port = port(directory);
        EmbeddedFiles embedded = new EmbeddedFiles(programs, files, directory);
        embedded.prepare();
        EmbeddedServer server = new EmbeddedServer(programs, files, port, poolSize + OTHER_CONNECTIONS);
        try {
            server.start();
            return new EmbeddedDatabase(server, port, embedded.password());
        } catch (IOException | RuntimeException e) {
            Closing.one(server);
            throw e;
        }
    }

    /** The port of the last start, or a free one where that is taken by now. */
    private static int port(DataDirectory directory) throws IOException {
        Path kept = directory.resolve("port");
        int port = free(kept(kept)).or(() -> free(0)).orElseThrow(() -> new IOException("no port is free"));
        Files.writeString(kept, port + "\n");
        return port;
    }

    /** Any where none was kept, or only half of it: the service may have been killed while it wrote. */
    private static int kept(Path file) throws IOException {
        try {
            return Files.exists(file) ? Integer.parseInt(Files.readString(file).strip()) : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static Optional<Integer> free(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.ofLiteral(EmbeddedServer.ADDRESS))) {
            return Optional.of(socket.getLocalPort());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** What the JDK says of a file that cannot be read is its name alone. */
    static String reason(Exception e) {
        Throwable cause = e.getCause();
        return switch (e instanceof UncheckedIOException && cause != null ? cause : e) {
            case AccessDeniedException denied -> denied.getFile() + ": permission denied";
            case Throwable other -> String.valueOf(other.getMessage());
        };
    }

    DatabaseUrl url() {
        return DatabaseUrl.parse("jdbc:postgresql://" + EmbeddedServer.ADDRESS + ":" + port
                        + "/postgres?sslmode=disable&gssEncMode=disable")
                .withCredentials(EmbeddedFiles.USER, password);
    }

    @Override
    public void close() {
        server.close();
    }
}
