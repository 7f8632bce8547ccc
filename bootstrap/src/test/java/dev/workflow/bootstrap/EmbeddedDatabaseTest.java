package dev.workflow.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.workflow.postgres.server.DatabaseUrl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody comes in without the password, and nobody but the owner of the data can read that. */
@Timeout(300)
final class EmbeddedDatabaseTest {
    private static final int POOL_SIZE = 10;
    private static final String NO_PASSWORD = "";
    private static final String NO_PASSWORD_GIVEN = "08004";
    private static final String WRONG_PASSWORD = "28P01";
    private static final Path ON_LINUX = Path.of("/proc/thread-self");

    @TempDir
    private Path parent;

    private Path folder;
    private DataDirectory directory;

    /** The programs are unpacked once for all. */
    @BeforeEach
    void hold() throws IOException {
        folder = parent.resolve("data");
        directory = DataDirectory.hold(folder);
        Path binaries = Path.of("target", "postgresql-binaries").toAbsolutePath();
        Files.createSymbolicLink(folder.resolve("binaries"), Files.createDirectories(binaries));
    }

    @AfterEach
    void release() {
        directory.close();
    }

    @Test
    void letsInWhoeverKnowsThePassword() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, POOL_SIZE)) {
            assertIsLocked(database);
            assertThat(query(database, kept("password"), "SELECT 1")).isEqualTo("1");
            // the default would take each connection longer, and a random password gains nothing by it
            assertThat(query(database, kept("password"), "SHOW scram_iterations"))
                    .isEqualTo("1");
        }
    }

    @Test
    void onlyTheOwnerCanReadThePasswordAndTheFolder() throws Exception {
        try (EmbeddedDatabase _ = EmbeddedDatabase.start(directory, POOL_SIZE)) {
            assertThat(permissions("password")).isEqualTo("rw-------");
            assertThat(permissions("")).isEqualTo("rwx------");
            assertThat(kept("password")).matches("[0-9a-f]{64}");
        }
    }

    @Test
    void noLogNoCommandLineAndNoAddressTellsThePassword() throws Exception {
        makeWithoutPassword();
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, POOL_SIZE)) {
            String password = kept("password");
            assertIsLocked(database);
            assertThat(database.url().toString()).doesNotContain(password);
            assertThat(kept("postgresql.log")).isNotEmpty().doesNotContain(password);
            assertThat(ProcessHandle.allProcesses().flatMap(process -> process.info().commandLine().stream()))
                    .noneMatch(line -> line.contains(password));
        }
    }

    @Test
    void keepsThePasswordAndTheModeOfTheFolder() throws Exception {
        String first = passwordOfAStart();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        directory.close();
        directory = DataDirectory.hold(folder);

        assertThat(passwordOfAStart()).isEqualTo(first);
        assertThat(permissions("")).isEqualTo("rwxr-xr-x");
    }

    @Test
    void leavesConnectionsForOthersHoweverManyRequestsTake() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, 300)) {
            String most = query(database, kept("password"), "SHOW max_connections");
            assertThat(Integer.parseInt(most)).isGreaterThan(300 + 10);
        }
    }

    @Test
    void drawsAnotherPortWhereThatOfTheLastStartWasNotWrittenToItsEnd() throws Exception {
        Files.writeString(folder.resolve("port"), "");
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, POOL_SIZE)) {
            assertThat(database.url().place()).isEqualTo("127.0.0.1:" + kept("port") + "/postgres");
        }
    }

    @Test
    void locksTheFilesOfAnEarlierVersionAndLosesNothing() throws Exception {
        makeWithoutPassword();
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, POOL_SIZE)) {
            assertIsLocked(database);
            assertThat(query(database, kept("password"), "SELECT what FROM kept"))
                    .isEqualTo("all");
        }
    }

    /** Where that may have been cut off, each with what it leaves. */
    enum Cut {
        BEFORE_THE_PASSWORD_WAS_WRITTEN {
            @Override
            void leave(Path folder) throws IOException {
                Files.delete(folder.resolve("password"));
                Files.writeString(folder.resolve("postgresql/pg_hba.conf.new"), "host all");
            }
        },
        WHILE_THE_PASSWORD_WAS_WRITTEN {
            @Override
            void leave(Path folder) throws IOException {
                Files.delete(folder.resolve("password"));
                Files.writeString(folder.resolve("password.new"), "0123");
            }
        },
        BEFORE_THE_PASSWORD_WAS_KEPT {
            @Override
            void leave(Path folder) throws IOException {
                Files.move(folder.resolve("password"), folder.resolve("password.new"));
            }
        };

        abstract void leave(Path folder) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void locksThemOnceMoreAfterALockingThatWasCutOff(Cut cut) throws Exception {
        makeWithoutPassword();
        String first = passwordOfAStart();
        cut.leave(folder);

        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, POOL_SIZE)) {
            assertIsLocked(database);
            assertThat(kept("password")).matches("[0-9a-f]{64}").isNotEqualTo(first);
            assertThat(permissions("password")).isEqualTo("rw-------");
            assertThat(query(database, kept("password"), "SELECT what FROM kept"))
                    .isEqualTo("all");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void makesThemOnceMoreAfterAFirstStartThatWasCutOff(boolean afterThePasswordWasKept) throws Exception {
        passwordOfAStart();
        Files.move(folder.resolve("postgresql"), folder.resolve("postgresql.new"));
        if (!afterThePasswordWasKept) {
            Files.move(folder.resolve("password"), folder.resolve("password.new"));
            Files.delete(folder.resolve("postgresql.new/global/pg_control"));
        }

        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, POOL_SIZE)) {
            assertIsLocked(database);
            assertThat(query(database, kept("password"), "SELECT 1")).isEqualTo("1");
        }
        assertThat(folder.resolve("postgresql.new")).doesNotExist();
    }

    /** As when somebody has put back nothing but them. */
    @Test
    void keepsThemWhateverIsGoneBesideThem() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, POOL_SIZE);
                Connection connection = connect(database.url().jdbcUrl(), kept("password"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE kept AS SELECT 'all' AS what");
        }
        for (String beside : new String[] {"password", "port", "postgresql.log"}) {
            Files.delete(folder.resolve(beside));
        }

        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, POOL_SIZE)) {
            assertIsLocked(database);
            assertThat(query(database, kept("password"), "SELECT what FROM kept"))
                    .isEqualTo("all");
        }
    }

    @Test
    void saysWhyAFileCannotBeRead() {
        assertThat(EmbeddedDatabase.reason(new AccessDeniedException("/data/password")))
                .isEqualTo("/data/password: permission denied");
        assertThat(EmbeddedDatabase.reason(new UncheckedIOException(new AccessDeniedException("/data/port"))))
                .isEqualTo("/data/port: permission denied");
        assertThat(EmbeddedDatabase.reason(new IOException("no port is free"))).isEqualTo("no port is free");
    }

    private String passwordOfAStart() throws IOException {
        try (EmbeddedDatabase _ = EmbeddedDatabase.start(directory, POOL_SIZE)) {
            return kept("password");
        }
    }

    @Test
    void aServerThatOnlySeemsToHaveEndedIsLeftAlone() throws Exception {
        EmbeddedServer second = new EmbeddedServer(programs(), folder.resolve("postgresql"), freePort(), 10);
        try (EmbeddedServer server = withoutPassword(freePort())) {
            server.start();
            Postmaster running = Postmaster.of(folder.resolve("postgresql"));

            server.glance();
            assertThatThrownBy(second::start).isInstanceOf(IOException.class);

            assertThat(Postmaster.of(folder.resolve("postgresql"))).isEqualTo(running);
            assertThat(running.process()).isPresent();
        }
    }

    /** A thread of this process, since the server itself leaves out the process that starts it. */
    @Test
    void startsAlthoughSomebodyElseHasTheNumberOfAServerThatCrashed() throws Exception {
        assumeThat(ON_LINUX).exists();
        try (EmbeddedServer server = withoutPassword(freePort())) {
            Path file = folder.resolve("postgresql").resolve("postmaster.pid");
            Path thread = Files.readSymbolicLink(ON_LINUX).getFileName();
            Files.writeString(file, thread + "\n" + file.getParent() + "\n");

            server.start();

            assertThat(Postmaster.of(file.getParent()).process()).isPresent();
        }
    }

    /** As earlier versions did. */
    private void makeWithoutPassword() throws Exception {
        int port = freePort();
        EmbeddedServer server = withoutPassword(port);
        server.start();
        try (server;
                Connection connection = connect("jdbc:postgresql://127.0.0.1:" + port + "/postgres", NO_PASSWORD);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE kept AS SELECT 'all' AS what");
        }
    }

    private PostgresPrograms programs() throws IOException {
        Path binaries = PostgresArchive.ofThisMachine().unpackedIn(folder.resolve("binaries"));
        return new PostgresPrograms(binaries, folder.resolve("postgresql.log"));
    }

    private EmbeddedServer withoutPassword(int port) throws IOException {
        PostgresPrograms programs = programs();
        Path files = folder.resolve("postgresql");
        programs.run("initdb", "-D", files.toString(), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C");
        return new EmbeddedServer(programs, files, port, 10);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void assertIsLocked(EmbeddedDatabase database) {
        for (String password : new String[] {NO_PASSWORD, "postgres"}) {
            assertThatThrownBy(() -> query(database, password, "SELECT 1"))
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isIn(NO_PASSWORD_GIVEN, WRONG_PASSWORD);
        }
    }

    private static String query(EmbeddedDatabase database, String password, String sql) throws SQLException {
        DatabaseUrl url = database.url();
        try (Connection connection = connect(url.jdbcUrl(), password);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static Connection connect(String url, String password) throws SQLException {
        return DriverManager.getConnection(url, "postgres", password);
    }

    private String kept(String file) throws IOException {
        return Files.readString(folder.resolve(file)).strip();
    }

    private String permissions(String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file)));
    }
}
