package dev.workflow.contracts.servers;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One PostgreSQL for all tests of a JVM. It starts with the first database that is asked for and ends with the JVM. Since its
 * data is forgotten anyway, it does not wait for the disk.
 *
 * <p>{@code -Dtest.postgres.url=jdbc:postgresql://host/postgres?user=…} makes tests use another server, of another version.
 */
public final class Postgres {
    private static final Duration BUSY_MACHINE = Duration.ofMinutes(2);
    private static final AtomicInteger COUNTER = new AtomicInteger();
    private static @Nullable String serverUrl;
    private static @Nullable String template;

    private Postgres() {}

    /** The JDBC URL, credentials included, of a database with nothing in it. */
    public static synchronized String emptyDatabase() {
        return create("template1");
    }

    /**
     * The JDBC URL, credentials included, of a prepared database of which nobody else knows.
     *
     * @param preparation fills the database at the URL it is given; called for the first database only, since the others are
     *     copies of it
     */
    public static synchronized String database(Consumer<String> preparation) {
        String prepared = template;
        if (prepared == null) {
            String url = emptyDatabase();
            preparation.accept(url);
            prepared = nameIn(url);
            template = prepared;
        }
        return create(prepared);
    }

    private static String create(String template) {
        String name = "test_" + ProcessHandle.current().pid() + "_" + COUNTER.incrementAndGet();
        execute(server(), "CREATE DATABASE " + name + " TEMPLATE " + template);
        return server().replaceFirst("/postgres\\b", "/" + name);
    }

    private static String nameIn(String url) {
        return url.replaceFirst(".*/(\\w+)(\\?.*)?$", "$1");
    }

    /** Runs one statement, whatever it is. */
    public static void execute(String url, String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static synchronized String server() {
        String known = serverUrl;
        if (known == null) {
            String given = System.getProperty("test.postgres.url");
            known = given == null ? start() : given;
            serverUrl = known;
        }
        return known;
    }

    private static String start() {
        try {
            return builder().setServerConfig("max_connections", "200").start().getJdbcUrl("postgres", "postgres");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of a server of the test's own, on a free port, which may take its time to start. */
    public static EmbeddedPostgres.Builder builder() {
        return EmbeddedPostgres.builder().setPort(FreePort.any()).setPGStartupWait(BUSY_MACHINE);
    }
}
