package dev.workflow.postgres.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.Together;
import dev.workflow.contracts.servers.Postgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

final class ChangelogTest {
    private final String url = Postgres.emptyDatabase();

    @Test
    void knowsItsChangeSets() {
        assertThat(Changelog.changeSets()).contains("1-workflow", "1-outbox").hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void bringsAnEmptyDatabaseUpToDate() throws SQLException {
        apply();
        assertThat(applied()).isEqualTo(Changelog.changeSets());
        assertThat(isThere("outbox")).isTrue();
    }

    /** Liquibase would make its table of locks again. */
    @Test
    void leavesLiquibaseAloneWhenNothingIsNew() throws SQLException {
        apply();
        Postgres.execute(url, "DROP TABLE databasechangeloglock");
        apply();
        assertThat(isThere("databasechangeloglock")).isFalse();
    }

    @Test
    void manyAtOnceDoItOnce() throws Exception {
        Callable<List<Boolean>> start = () -> {
            apply();
            return List.of(isThere("outbox"));
        };
        assertThat(Together.run(Collections.nCopies(4, start))).containsOnly(true);
        assertThat(applied()).isEqualTo(Changelog.changeSets());
    }

    @Test
    void aLockThatAKilledStartLeftIsCleared() throws SQLException {
        apply();
        Postgres.execute(url, "UPDATE databasechangeloglock SET locked = true, lockgranted = now(), lockedby = 'gone'");
        Postgres.execute(url, "DROP TABLE outbox");
        Postgres.execute(url, "DELETE FROM databasechangelog WHERE id LIKE '%-outbox%'");
        apply();
        assertThat(isThere("outbox")).isTrue();
    }

    /**
     * In one delivery one workflow waits again, one was consumed by another delivery, one by this one, and one is not there. All
     * of another delivery are gone.
     */
    @Test
    void deliveriesOfBeforeAreFoundByTheWorkflowsThatCameBack() throws SQLException {
        apply();
        Postgres.execute(url, """
                DROP TABLE earlier_delivery, removed_workflow;
                CREATE INDEX delivery_first ON delivery ((workflow_ids[1]));
                DELETE FROM databasechangelog WHERE id = '8-earlier-deliveries';
                CREATE TEMP TABLE member AS
                    SELECT d, gen_random_uuid() AS id, n FROM generate_series(1, 2) AS d, generate_series(1, 4) AS n;
                INSERT INTO delivery (id, form, state, delivered_at, lease, lease_expires_at, lease_until, settled_at,
                                      workflow_ids, versions, attempts, last_errors)
                    SELECT gen_random_uuid(), 'csv', 'nacked', now(), interval '1 minute', now(), now(), now(),
                           array_agg(id ORDER BY n), '{2, 2, 2, 2}', '{0, 0, 0, 0}', '{NULL, NULL, NULL, NULL}'
                    FROM member GROUP BY d;
                INSERT INTO pending (id, queued_at, delivery_id)
                    SELECT member.id, now(), delivery.id
                    FROM member JOIN delivery ON member.id = workflow_ids[n] WHERE d = 1 AND n = 1;
                INSERT INTO consumed (id, version, consumed_at, attempts, delivery_id)
                    SELECT member.id, 3, now(), 0, CASE WHEN n = 2 THEN gen_random_uuid() ELSE delivery.id END
                    FROM member JOIN delivery ON member.id = workflow_ids[n] WHERE d = 1 AND n IN (2, 3)""");
        apply();
        assertThat(isTrue("""
                SELECT array_agg(place ORDER BY place) = '{1, 2}' AND bool_and(e.delivery_id = delivery.id)
                FROM delivery, earlier_delivery e, array_position(workflow_ids, e.workflow_id) AS place""")).isTrue();
        assertThat(isTrue("SELECT count(*) = 1 FROM delivery")).isTrue();
    }

    private void apply() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url)) {
            Changelog.apply(connection);
        }
    }

    private Set<String> applied() throws SQLException {
        Set<String> ids = new HashSet<>();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT id FROM databasechangelog")) {
            while (row.next()) {
                assertThat(ids.add(row.getString(1))).isTrue();
            }
        }
        return ids;
    }

    private boolean isThere(String table) throws SQLException {
        return isTrue("SELECT to_regclass('" + table + "') IS NOT NULL");
    }

    private boolean isTrue(String question) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            return row.next() && row.getBoolean(1);
        }
    }
}
