package dev.workflow.bootstrap;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workflow.bootstrap.Settings.Broker;
import dev.workflow.bootstrap.Settings.Storage;
import dev.workflow.contracts.Eventually;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A queue in memory belongs to one instance, also after the connection that says so was lost. */
@Timeout(120)
class OneOwnerTest {
    private static final String OWNERS = "FROM pg_locks WHERE locktype = 'advisory' AND granted";

    @Test
    void keepsTheQueueHoweverSeldomItLooksForLostMessages() throws Exception {
        try (EmbeddedPostgres postgres = Servers.durablePostgres()) {
            Storage storage = Servers.storage(postgres);
            try (Service _ = Servers.start(storage, new Broker.InMemory(), Duration.ofHours(1));
                    Connection connection = postgres.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                long first = number(statement, "SELECT max(pid) " + OWNERS);
                number(statement, "SELECT count(pg_terminate_backend(pid, 5000)) " + OWNERS);

                Eventually.holds(
                        "the queue has an owner again",
                        () -> number(statement, "SELECT count(*) " + OWNERS + " AND pid <> " + first) == 1);
                assertThatThrownBy(() -> Servers.start(storage, new Broker.InMemory()))
                        .isInstanceOf(StartFailure.class)
                        .hasMessageContaining("RABBITMQ_URI");
            }
        }
    }

    private static long number(Statement statement, String query) {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
