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
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT to_regclass('" + table + "') IS NOT NULL")) {
            return row.next() && row.getBoolean(1);
        }
    }
}
