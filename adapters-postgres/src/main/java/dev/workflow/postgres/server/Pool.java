package dev.workflow.postgres.server;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * Connections that are kept open.
 *
 * <p>Each wait ends before the one around it: a lock before its statement, the statement before its transaction, the
 * transaction before the socket; so that it is the server that gives up, and says so, as long as it can be heard.
 */
public enum Pool {
    /** For requests. */
    REQUESTS("requests", Duration.ofSeconds(3), Duration.ofSeconds(4), Duration.ofSeconds(5)),
    /** For what runs beside them. Waits for a broker inside a transaction, so that its waits are longer. */
    BACKGROUND("background", Duration.ofSeconds(3), Duration.ofSeconds(6), Duration.ofSeconds(8));

    private static final Duration WAIT_FOR_CONNECTION = Duration.ofSeconds(1);
    public static final Duration WAIT_FOR_LOCK = Duration.ofSeconds(1);
    private static final Duration WAIT_FOR_VALIDATION = Duration.ofMillis(800);

    private final String title;
    private final Duration statement;
    private final Duration transaction;
    private final Duration socket;

    Pool(String title, Duration statement, Duration transaction, Duration socket) {
        this.title = title;
        this.statement = statement;
        this.transaction = transaction;
        this.socket = socket;
    }

    public HikariDataSource open(Connector connector, int size) {
        int patience = connector.patience();
        HikariConfig config = new HikariConfig();
        config.setPoolName(title);
        config.setDriverClassName("org.postgresql.Driver");
        config.setJdbcUrl(connector.url().jdbcUrl());
        config.setDataSourceProperties(connector.properties(socket.multipliedBy(patience)));
        config.setMaximumPoolSize(size);
        config.setConnectionTimeout(WAIT_FOR_CONNECTION.toMillis() * patience);
        config.setValidationTimeout(WAIT_FOR_VALIDATION.toMillis());
        config.setConnectionInitSql(session(patience));
        config.setExceptionOverride(new EvictFromStandby());
        // A database that is away at this moment is no reason to fail here: the next request asks again.
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    /** Begins the session of a connection that is none of the pool's. */
    void begin(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(session(1));
        }
    }

    /**
     * What a session is told first. Before version 17 nothing limits a transaction as a whole, but a client that falls silent
     * inside one is cut off. The guards of the statements count on {@code read committed}: after waiting for a row they look
     * at its newest version. {@code synchronous_commit = off} would answer before a workflow is safe. Statements are prepared
     * once, perhaps while the tables are still empty; a plan that scans them would be kept while they grow. Nobody's list takes
     * more than one of the server's processors.
     */
    private String session(int patience) {
        return """
                SELECT set_config('statement_timeout', '%s', false),
                       set_config('lock_timeout', '%s', false),
                       set_config('idle_in_transaction_session_timeout', '%s', false),
                       set_config('default_transaction_isolation', 'read committed', false),
                       %s,
                       set_config('jit', 'off', false),
                       set_config('enable_seqscan', 'off', false),
                       set_config('max_parallel_workers_per_gather', '0', false),
                       CASE WHEN current_setting('server_version_num')::integer >= 170000
                            THEN set_config('transaction_timeout', '%s', false) END,
                       CASE WHEN current_setting('synchronous_commit') = 'off'
                            THEN set_config('synchronous_commit', 'on', false) END
                """.formatted(
                        statement.toMillis() * patience,
                        WAIT_FOR_LOCK.toMillis() * patience,
                        transaction.toMillis() * patience,
                        Connector.NOTICE_A_LOST_HOST,
                        transaction.toMillis() * patience);
    }

    /** After a failover the old connections lead to what is now a standby. The pool knows the other signs by itself. */
    private static final class EvictFromStandby implements SQLExceptionOverride {
        @java.lang.Override
        public Override adjudicate(SQLException e) {
            return "25006".equals(e.getSQLState()) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
        }
    }
}
