package dev.workflow.benchmarks.run;

import dev.workflow.contracts.servers.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A private PostgreSQL from the programs that the service unpacked, with the settings of the embedded one, for everybody in the
 * table. It takes more connections, and it keeps its WAL files: a fresh server makes 64 of them while it works, and commits
 * stand still for some 40 ms each time.
 */
final class PostgresServer {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Sandbox sandbox;
    private final int port = FreePort.any();
    private final Process process;

    private PostgresServer(Sandbox sandbox, Path programs, int walFiles) {
        this.sandbox = sandbox;
        Path files = sandbox.resolve("postgresql");
        sandbox.run(
                PATIENCE,
                asSomebody(
                        programs.resolve("initdb").toString(),
                        "-D",
                        files.toString(),
                        "-U",
                        "postgres",
                        "-A",
                        "trust",
                        "-E",
                        "UTF8",
                        "--locale=C"));
        process = sandbox.start(
                "postgresql",
                Map.of(),
                asSomebody(
                        programs.resolve("postgres").toString(),
                        "-D",
                        files.toString(),
                        "-p",
                        Integer.toString(port),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories=",
                        "-c",
                        "max_connections=400",
                        "-c",
                        "fsync=on",
                        "-c",
                        "full_page_writes=on",
                        "-c",
                        "synchronous_commit=on",
                        "-c",
                        "min_wal_size=1GB"));
        awaitReady();
        makeWalFiles(walFiles);
    }

    static PostgresServer start(Sandbox sandbox, Path programs, int walFiles) {
        return new PostgresServer(sandbox, programs, walFiles);
    }

    /** Where the service unpacked PostgreSQL's programs below its data folder. */
    static Path programs(Path dataFolder) {
        try (Stream<Path> folders = Files.list(dataFolder.resolve("binaries"))) {
            return folders.filter(folder -> folder.getFileName().toString().startsWith("PG-"))
                    .findFirst()
                    .orElseThrow(() -> new Broken("The service unpacked no PostgreSQL."))
                    .resolve("bin");
        } catch (IOException e) {
            throw new Broken("The service unpacked no PostgreSQL: " + e.getMessage(), e);
        }
    }

    /** PostgreSQL refuses to run as root. In a user namespace of its own, root is nobody. */
    private static List<String> asSomebody(String... command) {
        List<String> whole = new ArrayList<>();
        if (isRoot()) {
            whole.addAll(List.of("unshare", "--user"));
        }
        whole.addAll(List.of(command));
        return whole;
    }

    private static boolean isRoot() {
        Path self = Path.of("/proc/self");
        try {
            return Files.exists(self) && Files.getAttribute(self, "unix:uid").equals(0);
        } catch (IOException e) {
            return false;
        }
    }

    private void awaitReady() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new Broken("PostgreSQL did not start: "
                        + sandbox.logged("postgresql").strip());
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    private boolean isReady() {
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
        try {
            DriverManager.getConnection(url, "postgres", "").close();
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    private void makeWalFiles(int count) {
        try (Database.Asking next = database("postgres")
                .asking(
                        "SELECT pg_switch_wal() - '0/0'::pg_lsn FROM pg_logical_emit_message(false, 'benchmark', 'next')")) {
            for (int i = 0; i < count; i++) {
                next.number();
            }
        } catch (SQLException e) {
            throw new Broken(e.getMessage(), e);
        }
        database("postgres").run("CHECKPOINT");
    }

    Database database(String name) {
        return new Database(port, name);
    }

    /** An empty one, whatever was there. */
    Database create(String name) {
        database("postgres").run("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)", "CREATE DATABASE " + name);
        return database(name);
    }

    void stop() {
        sandbox.stop(process, "INT");
    }
}
