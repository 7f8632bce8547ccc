package dev.workflow.postgres.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.workflow.contracts.servers.Postgres;
import dev.workflow.domain.StorePolicy;
import dev.workflow.postgres.PostgresStore;
import dev.workflow.postgres.TestStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a database is refused, and how its connections are set up. */
final class OpeningTest {
    @Test
    void nobodyListens() throws IOException {
        try (Socket silent = new Socket()) {
            silent.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            String place = "127.0.0.1:" + silent.getLocalPort() + "/d";
            refused(
                    "postgres://u:secret@" + place,
                    "The database at " + place + " cannot be reached: Connection refused.");
        }
    }

    @Test
    void aPasswordIsWanted() throws Exception {
        byte[] authentication = "R\0\0\0\27\0\0\0\12SCRAM-SHA-256\0\0".getBytes(StandardCharsets.US_ASCII);
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread asking = Thread.ofVirtual().start(() -> {
                try (Socket client = server.accept()) {
                    client.getInputStream().read(new byte[1024]);
                    client.getOutputStream().write(authentication);
                    client.getInputStream().readAllBytes();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            String place = "127.0.0.1:" + server.getLocalPort() + "/d";
            refused(
                    "postgres://u@" + place + "?sslmode=disable&gssencmode=disable",
                    "The database at " + place + " wants a password: set DATABASE_PASSWORD\\.");
            asking.join();
        }
    }

    @Test
    void unknownHost() {
        refused(
                "postgres://u:secret@no.such.host.invalid/d",
                "The database at no.such.host.invalid:5432/d cannot be reached: nobody knows this host.");
    }

    @Test
    void unknownUser() {
        String url = Postgres.emptyDatabase().replaceFirst("user=\\w+", "user=stranger");
        refused(url, "The database at .* refused the user \"stranger\" or the password\\.");
    }

    @Test
    void unknownDatabase() {
        String url = Postgres.emptyDatabase().replaceFirst("/test_\\w+", "/missing");
        refused(url, "The server at .* has no database \"missing\"\\.");
    }

    @Test
    void readOnly() {
        String url = Postgres.emptyDatabase();
        set(url, "default_transaction_read_only = on");
        refused(url, "The database at .* is read-only, perhaps a standby: name the primary\\.");
    }

    @Test
    void otherEncoding() {
        String name = "latin_" + ProcessHandle.current().pid();
        String url = Postgres.emptyDatabase();
        Postgres.execute(url, "CREATE DATABASE " + name + " ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");
        refused(
                url.replaceFirst("/test_\\w+", "/" + name),
                "The database at .* is encoded in LATIN1, and only UTF8 .*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"preferQueryMode=simple", "binaryTransfer=false", "binaryTransferDisable=UUID_ARRAY"})
    void anAddressThatKeepsTheDriverFromSendingArrays(String parameter) {
        refused(
                Postgres.emptyDatabase() + "&" + parameter,
                "The database at .* cannot be used with what its address says: leave out preferQueryMode=simple .*");
    }

    @Test
    void tooOld() {
        DatabaseUrl url = DatabaseUrl.parse("postgres://u:secret@db/d");
        ServerCheck check = new ServerCheck(ofService(url), new Connector(url, 1));
        assertThatThrownBy(() -> check.refuseIfUnfit(facts("13.22", 13)))
                .isInstanceOf(CannotOpenStore.class)
                .hasMessage("The database at db:5432/d runs PostgreSQL 13.22; 14 is the oldest that will do.");
        assertThatCode(() -> check.refuseIfUnfit(facts("14.0", 14))).doesNotThrowAnyException();
    }

    private static PostgresSettings ofService(DatabaseUrl url) {
        return PostgresSettings.of(url, 5, StorePolicy.DEFAULT);
    }

    private static ServerFacts facts(String version, int majorVersion) {
        return new ServerFacts(version, majorVersion, "UTF8", false, "on", "on", "on");
    }

    @Test
    void knowsTheVersionOfAServer() throws SQLException {
        String url = Postgres.emptyDatabase();
        try (Connection connection = DriverManager.getConnection(url)) {
            ServerFacts facts = ServerFacts.of(connection);
            assertThat(facts.version()).startsWith(facts.majorVersion() + ".");
        }
    }

    @Test
    void aServerThatForgets() {
        PostgresSettings settings = ofService(DatabaseUrl.parse(Postgres.emptyDatabase()));
        assertThatThrownBy(() -> PostgresStore.open(settings))
                .isInstanceOf(CannotOpenStore.class)
                .hasMessageMatching("The database at .* runs with fsync = off and could lose .*");
    }

    @Test
    void mayNotCreateTables() {
        String url = Postgres.emptyDatabase();
        String role = "guest_" + ProcessHandle.current().pid();
        Postgres.execute(url, "CREATE ROLE " + role + " LOGIN");
        Postgres.execute(url, "REVOKE CREATE ON SCHEMA public FROM PUBLIC");
        refused(
                url.replaceFirst("user=\\w+", "user=" + role),
                "The tables in the database at .* could not be brought up to date \\(SQLSTATE 42501\\): may the user \""
                        + role + "\" create tables there\\?");
    }

    @Test
    void hasNoConnectionLeft() {
        String url = Postgres.emptyDatabase();
        String role = "crowd_" + ProcessHandle.current().pid();
        Postgres.execute(url, "CREATE ROLE " + role + " LOGIN CONNECTION LIMIT 0");
        refused(
                url.replaceFirst("user=\\w+", "user=" + role),
                "The database at .* has no connection left: end others, or raise max_connections"
                        + " or the limit of the user \"" + role + "\"\\.");
    }

    private static void refused(String url, String line) {
        PostgresSettings settings = TestStore.settings(url);
        assertThatThrownBy(() -> PostgresStore.open(settings).close())
                .isInstanceOf(CannotOpenStore.class)
                .hasMessageMatching(line)
                .hasMessageNotContaining("secret");
    }

    @Test
    void limitsFollowOneAnother() throws SQLException {
        String url = Postgres.emptyDatabase();
        assertThat(show(Pool.REQUESTS, url, "lock_timeout")).isEqualTo("1s");
        assertThat(show(Pool.REQUESTS, url, "statement_timeout")).isEqualTo("3s");
        assertThat(show(Pool.REQUESTS, url, "idle_in_transaction_session_timeout"))
                .isEqualTo("4s");
        assertThat(show(Pool.BACKGROUND, url, "idle_in_transaction_session_timeout"))
                .isEqualTo("6s");
        assertThat(show(Pool.REQUESTS, url, "tcp_keepalives_idle")).isEqualTo("10");
        assertThat(networkTimeout(Pool.REQUESTS, url)).isEqualTo(5000);
        assertThat(networkTimeout(Pool.BACKGROUND, url)).isEqualTo(8000);
    }

    @Test
    void whatTheServerSaysIsOverruledWhereItWouldBreakThePromise() throws SQLException {
        String url = Postgres.emptyDatabase();
        set(url, "synchronous_commit = off");
        set(url, "default_transaction_isolation = 'serializable'");
        assertThat(show(Pool.REQUESTS, url, "synchronous_commit")).isEqualTo("on");
        assertThat(show(Pool.REQUESTS, url, "default_transaction_isolation")).isEqualTo("read committed");
        set(url, "synchronous_commit = remote_apply");
        assertThat(show(Pool.REQUESTS, url, "synchronous_commit")).isEqualTo("remote_apply");
    }

    private static void set(String url, String setting) {
        String name = DatabaseUrl.parse(url).database();
        Postgres.execute(url, "ALTER DATABASE " + name + " SET " + setting);
    }

    private static String show(Pool pool, String url, String setting) throws SQLException {
        try (HikariDataSource connections = pool.open(new Connector(DatabaseUrl.parse(url), 1), 1);
                Connection connection = connections.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW " + setting)) {
            row.next();
            return row.getString(1);
        }
    }

    private static int networkTimeout(Pool pool, String url) throws SQLException {
        try (HikariDataSource connections = pool.open(new Connector(DatabaseUrl.parse(url), 1), 1);
                Connection connection = connections.getConnection()) {
            return connection.getNetworkTimeout();
        }
    }

    @Test
    void aConnectionThatLeadsToAStandbyIsGivenUp() throws SQLException {
        String url = Postgres.emptyDatabase();
        try (HikariDataSource connections = Pool.REQUESTS.open(new Connector(DatabaseUrl.parse(url), 1), 1)) {
            int before = backend(connections, "SELECT pg_backend_pid()");
            assertThat(backend(connections, "SELECT pg_backend_pid()")).isEqualTo(before);
            assertThatThrownBy(() -> backend(connections, "SET transaction_read_only = on; CREATE TABLE t ()"))
                    .isInstanceOf(SQLException.class);
            assertThat(backend(connections, "SELECT pg_backend_pid()")).isNotEqualTo(before);
        }
    }

    private static int backend(HikariDataSource connections, String sql) throws SQLException {
        try (Connection connection = connections.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }
}
