package dev.workflow.postgres.server;

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
    private final UnknownCommits unknown = new UnknownCommits(new Connector(DatabaseUrl.parse(url), 1));
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

    /** A server whose commits can be made to wait for a standby that is not there. */
    private static final class Lonely implements AutoCloseable {
        private final String url;
        private final UnknownCommits unknown;
        private final Connection connection;
        private final Statement statement;

        Lonely(EmbeddedPostgres server) throws SQLException {
            this.url = server.getJdbcUrl("postgres", "postgres");
            this.unknown = new UnknownCommits(new Connector(DatabaseUrl.parse(url), 1));
            this.connection = DriverManager.getConnection(url);
            this.statement = connection.createStatement();
            statement.execute("SET synchronous_commit = on");
        }

        /** Something that is written, in a transaction that is open. */
        Ending.Proof write() throws SQLException {
            statement.execute("BEGIN; CREATE TABLE written ()");
            return new Ending.Proof(transactionId(statement), any -> true);
        }

        void commit() {
            try {
                statement.execute("COMMIT");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        void missItsStandby() {
            setStandby("nobody");
            Eventually.holds("commits that wait", this::doesACommitWait);
        }

        void missNothing() {
            setStandby("");
        }

        private void setStandby(String name) {
            Postgres.execute(url, "ALTER SYSTEM SET synchronous_standby_names = '" + name + "'");
            Postgres.execute(url, "SELECT pg_reload_conf()");
        }

        /** One that does is broken off with a warning. */
        private boolean doesACommitWait() {
            try (Connection other = DriverManager.getConnection(url);
                    Statement probe = other.createStatement()) {
                probe.execute("SET synchronous_commit = on");
                probe.setQueryTimeout(1);
                probe.execute("SELECT pg_logical_emit_message(true, 'probe', '')");
                return probe.getWarnings() != null || other.getWarnings() != null;
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        boolean isWaiting() {
            try (Connection other = DriverManager.getConnection(url);
                    Statement question = other.createStatement();
                    ResultSet row = question.executeQuery(
                            "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event = 'SyncRep')")) {
                return row.next() && row.getBoolean(1);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }

    /** Ended, it would be committed here and nowhere else, and a workflow answered 201 be lost with this server. */
    @Test
    void whatWaitsForAStandbyIsLeftToWait() throws Exception {
        try (EmbeddedPostgres server = Postgres.builder().start();
                Lonely lonely = new Lonely(server)) {
            lonely.missItsStandby();
            Ending.Proof proof = lonely.write();
            CompletableFuture<Void> commit = CompletableFuture.runAsync(lonely::commit, Thread::startVirtualThread);
            Eventually.holds("a commit that waits for a standby", lonely::isWaiting);

            assertThatThrownBy(() -> lonely.unknown.wasCommitted(proof, cause))
                    .isInstanceOf(Fault.OutcomeUnknown.class);
            assertThat(commit).isNotDone();

            lonely.missNothing();
            commit.join();
            assertThat(lonely.unknown.wasCommitted(proof, cause)).isTrue();
        }
    }

    @Test
    void whatIsDoneHereAndOnNoStandbyYetIsNotDone() throws Exception {
        try (EmbeddedPostgres server = Postgres.builder().start();
                Lonely lonely = new Lonely(server)) {
            Ending.Proof proof = lonely.write();
            lonely.commit();
            lonely.missItsStandby();

            assertThatThrownBy(() -> lonely.unknown.wasCommitted(proof, cause))
                    .isInstanceOf(Fault.OutcomeUnknown.class);
            assertThatThrownBy(() -> lonely.unknown.again(connection -> "found", cause))
                    .isInstanceOf(Fault.OutcomeUnknown.class);

            lonely.missNothing();
            assertThat(lonely.unknown.wasCommitted(proof, cause)).isTrue();
            assertThat(lonely.unknown.<String>again(connection -> "found", cause))
                    .isEqualTo("found");
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
