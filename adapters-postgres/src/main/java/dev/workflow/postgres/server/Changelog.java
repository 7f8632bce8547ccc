package dev.workflow.postgres.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import liquibase.Scope;
import liquibase.UpdateSummaryEnum;
import liquibase.command.CommandScope;
import liquibase.command.core.UpdateCommandStep;
import liquibase.command.core.helpers.DbUrlConnectionArgumentsCommandStep;
import liquibase.command.core.helpers.ShowSummaryArgument;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.ui.LoggerUIService;

/** Brings the tables to the state that this version needs. */
public final class Changelog {
    private static final String FILE = "db/changelog.sql";
    private static final Pattern CHANGE_SET = Pattern.compile("^--changeset \\S+?:(\\S+)", Pattern.MULTILINE);
    private static final String UNDEFINED_TABLE = "42P01";

    /** Any number that nothing else in the database locks. */
    private static final long LOCK = 0x776F726B666C6F01L;

    /** It tells of each step. Held here, since its level is forgotten with it. */
    private static final Logger LIQUIBASE_LOG = Logger.getLogger("liquibase");

    private Changelog() {}

    /**
     * Does nothing when nothing is new, which a start finds out by one statement. Otherwise one instance works while others
     * wait for it.
     *
     * @param connection without time limits, since a change of a large table takes its time; others wait until it is closed
     */
    public static void apply(Connection connection) throws SQLException {
        Set<String> needed = changeSets();
        if (applied(connection).containsAll(needed)) {
            return;
        }
        execute(connection, "SELECT pg_advisory_lock(" + LOCK + ")");
        if (!applied(connection).containsAll(needed)) {
            clearStaleLock(connection);
            update(connection);
        }
    }

    static Set<String> changeSets() {
        return CHANGE_SET.matcher(text()).results().map(line -> line.group(1)).collect(Collectors.toUnmodifiableSet());
    }

    private static String text() {
        try (InputStream file = Changelog.class.getClassLoader().getResourceAsStream(FILE)) {
            return new String(Objects.requireNonNull(file, FILE).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> applied(Connection connection) throws SQLException {
        Set<String> ids = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT id FROM databasechangelog")) {
            while (row.next()) {
                ids.add(row.getString(1));
            }
        } catch (SQLException e) {
            if (!UNDEFINED_TABLE.equals(e.getSQLState())) {
                throw e;
            }
        }
        return ids;
    }

    /**
     * Liquibase's own lock is a row that a killed start leaves behind, and others would wait minutes for it. Whoever holds
     * our lock knows that nobody is at work.
     */
    private static void clearStaleLock(Connection connection) throws SQLException {
        try {
            execute(connection, "DELETE FROM databasechangeloglock");
        } catch (SQLException e) {
            if (!UNDEFINED_TABLE.equals(e.getSQLState())) {
                throw e;
            }
        }
    }

    private static void update(Connection connection) throws SQLException {
        LIQUIBASE_LOG.setLevel(Level.WARNING);
        try {
            Database database =
                    DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
            Map<String, Object> settings = Map.of(
                    Scope.Attr.resourceAccessor.name(),
                    new ClassLoaderResourceAccessor(Changelog.class.getClassLoader()),
                    Scope.Attr.ui.name(),
                    new LoggerUIService(),
                    "liquibase.analytics.enabled",
                    false);
            Scope.child(settings, () -> {
                new CommandScope(UpdateCommandStep.COMMAND_NAME)
                        .addArgumentValue(DbUrlConnectionArgumentsCommandStep.DATABASE_ARG, database)
                        .addArgumentValue(UpdateCommandStep.CHANGELOG_FILE_ARG, FILE)
                        .addArgumentValue(ShowSummaryArgument.SHOW_SUMMARY, UpdateSummaryEnum.OFF)
                        .setOutput(OutputStream.nullOutputStream())
                        .execute();
            });
        } catch (Exception e) {
            throw sqlError(e);
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** The database's own word, however deep Liquibase has wrapped it. */
    private static SQLException sqlError(Exception e) {
        for (Throwable each = e; each != null; each = each.getCause()) {
            if (each instanceof SQLException error) {
                return error;
            }
        }
        return new SQLException("The changelog could not be applied.", e);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
