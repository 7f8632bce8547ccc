package dev.workflow.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workflow.contracts.Eventually;
import dev.workflow.contracts.servers.Postgres;
import dev.workflow.domain.Fault;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class UnknownCommitsTest {
    private final String url = Postgres.emptyDatabase();
    private final UnknownCommits unknown = new UnknownCommits(new Connector(DatabaseUrl.parse(url)));
    private final SQLException cause = new SQLException("The connection broke.");

    @Test
    void committed() throws SQLException {
        assertThat(unknown.wasCommitted(transaction("COMMIT", true), cause)).isTrue();
    }

    @Test
    void rolledBack() throws SQLException {
        assertThat(unknown.wasCommitted(transaction("ROLLBACK", true), cause)).isFalse();
    }

    /** After a failover the same number may be that of another transaction. */
    @Test
    void committedButNotOurs() throws SQLException {
        Ending.Proof proof = transaction("COMMIT", false);
        assertThatThrownBy(() -> unknown.wasCommitted(proof, cause)).isInstanceOf(Fault.OutcomeUnknown.class);
    }

    /** The new primary has not come to this number yet. */
    @Test
    void aNumberOfTheFuture() {
        Ending.Proof proof = new Ending.Proof("900000000000", connection -> true);
        assertThatThrownBy(() -> unknown.wasCommitted(proof, cause)).isInstanceOf(Fault.OutcomeUnknown.class);
    }

    @Test
    void stillOpenIsEnded() throws SQLException {
        try (Connection other = DriverManager.getConnection(url);
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            String id = transactionId(statement);
            assertThat(unknown.wasCommitted(new Ending.Proof(id, connection -> true), cause))
                    .isFalse();
            assertThatThrownBy(other::commit).isInstanceOf(SQLException.class);
        }
    }

    /** Ended, it would be committed here and nowhere else, and a workflow answered 201 be lost with this server. */
    @Test
    void whatWaitsForAStandbyIsLeftToWait() throws Exception {
        try (EmbeddedPostgres server = Postgres.builder().start();
                Connection waiting = server.getPostgresDatabase().getConnection();
                Statement statement = waiting.createStatement()) {
            String own = server.getJdbcUrl("postgres", "postgres");
            UnknownCommits there = new UnknownCommits(new Connector(DatabaseUrl.parse(own)));
            waitForStandby(own, "nobody");
            statement.execute("SET synchronous_commit = on; BEGIN; CREATE TABLE written ()");
            Ending.Proof proof = new Ending.Proof(transactionId(statement), connection -> true);
            CompletableFuture<Void> commit =
                    CompletableFuture.runAsync(() -> commit(statement), Thread::startVirtualThread);
            Eventually.holds("a commit that waits for a standby", () -> isWaiting(own));

            assertThatThrownBy(() -> there.wasCommitted(proof, cause)).isInstanceOf(Fault.OutcomeUnknown.class);
            assertThat(commit).isNotDone();

            waitForStandby(own, "");
            commit.join();
            assertThat(there.wasCommitted(proof, cause)).isTrue();
        }
    }

    @Test
    void whatIsDoneHereAndOnNoStandbyYetIsNotDone() throws Exception {
        try (EmbeddedPostgres server = Postgres.builder().start();
                Connection here = server.getPostgresDatabase().getConnection();
                Statement statement = here.createStatement()) {
            String own = server.getJdbcUrl("postgres", "postgres");
            UnknownCommits there = new UnknownCommits(new Connector(DatabaseUrl.parse(own)));
            statement.execute("BEGIN; CREATE TABLE written ()");
            Ending.Proof proof = new Ending.Proof(transactionId(statement), connection -> true);
            statement.execute("COMMIT");
            waitForStandby(own, "nobody");

            assertThatThrownBy(() -> there.wasCommitted(proof, cause)).isInstanceOf(Fault.OutcomeUnknown.class);
            assertThatThrownBy(() -> there.again(connection -> "found", cause))
                    .isInstanceOf(Fault.OutcomeUnknown.class);

            waitForStandby(own, "");
            assertThat(there.wasCommitted(proof, cause)).isTrue();
            assertThat(there.<String>again(connection -> "found", cause)).isEqualTo("found");
        }
    }

    private static void waitForStandby(String url, String name) {
        Postgres.execute(url, "ALTER SYSTEM SET synchronous_standby_names = '" + name + "'");
        Postgres.execute(url, "SELECT pg_reload_conf()");
    }

    private static void commit(Statement statement) {
        try {
            statement.execute("COMMIT");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isWaiting(String url) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event = 'SyncRep')")) {
            return row.next() && row.getBoolean(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Ending.Proof transaction(String ending, boolean trace) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("BEGIN");
            String id = transactionId(statement);
            statement.execute(ending);
            return new Ending.Proof(id, any -> trace);
        }
    }

    private static String transactionId(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT pg_current_xact_id()")) {
            row.next();
            return row.getString(1);
        }
    }
}
