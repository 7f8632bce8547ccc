package dev.workflow.postgres;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workflow.contracts.Eventually;
import dev.workflow.contracts.servers.Postgres;
import dev.workflow.postgres.server.CannotOpenStore;
import dev.workflow.postgres.server.PostgresSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that asks for passwords; those of the other tests trust everyone. */
class WrongPasswordTest {
    private static final String ROLE = "wary_" + ProcessHandle.current().pid();

    private final String url = Postgres.emptyDatabase();
    private final String rules = ask("SELECT pg_read_file(current_setting('hba_file'))");

    @BeforeEach
    void askForPasswords() {
        Postgres.execute(url, "CREATE ROLE " + ROLE + " LOGIN PASSWORD 'right'");
        rewriteRules("host all " + ROLE + " all scram-sha-256\n" + rules);
        Eventually.holds("the server asks for passwords", () -> !canConnectWith("wrong"));
    }

    @AfterEach
    void trustAgain() {
        rewriteRules(rules);
        Postgres.execute(url, "DROP ROLE " + ROLE);
    }

    /** By way of the server itself, which may run elsewhere. */
    private void rewriteRules(String text) {
        Postgres.execute(
                url,
                "COPY (SELECT unnest(string_to_array($$"
                        + text.replaceAll("\n+", "\n").strip() + "$$, e'\\n'))) TO '" + ask("SHOW hba_file")
                        + "' (FORMAT csv, DELIMITER e'\\x01', QUOTE e'\\x02')");
        Postgres.execute(url, "SELECT pg_reload_conf()");
    }

    private String ask(String query) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean canConnectWith(String password) {
        try (Connection connection = DriverManager.getConnection(as(password))) {
            return connection.isValid(0);
        } catch (SQLException e) {
            return false;
        }
    }

    private String as(String password) {
        return url.replaceFirst("user=\\w+", "user=" + ROLE + "&password=" + password);
    }

    @Test
    void isRefusedInOneLineThatKeepsThePasswordToItself() {
        PostgresSettings settings = TestStore.settings(as("wrong"));

        assertThatThrownBy(() -> PostgresStore.open(settings).close())
                .isInstanceOf(CannotOpenStore.class)
                .hasMessageMatching("The database at .* refused the user \"" + ROLE + "\" or the password\\.")
                .hasMessageNotContaining("wrong")
                .hasRootCauseInstanceOf(SQLException.class)
                .extracting(Throwable::getCause)
                .extracting(cause -> ((SQLException) cause).getSQLState())
                .isEqualTo("28P01");
    }
}
