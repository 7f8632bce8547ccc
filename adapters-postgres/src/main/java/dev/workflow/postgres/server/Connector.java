package dev.workflow.postgres.server;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/** Opens connections outside any pool. */
public final class Connector {
    /**
     * Otherwise what a host that vanished holds, such as locks or the queue, would be held until the server's operating system
     * gives up, for hours.
     */
    public static final String NOTICE_A_LOST_HOST = """
            set_config('tcp_keepalives_idle', '10', false),
            set_config('tcp_keepalives_interval', '5', false),
            set_config('tcp_keepalives_count', '3', false)""";

    private static final Duration CONNECT = Duration.ofSeconds(2);

    private final DatabaseUrl url;
    private final int patience;

    /** @param patience how many times as long as usual pools of such connections wait */
    public Connector(DatabaseUrl url, int patience) {
        this.url = url;
        this.patience = patience;
    }

    /**
     * Opens one.
     *
     * @param patience how long the server may be silent; zero: as long as it takes
     */
    public Connection open(Duration patience) throws SQLException {
        Connection connection = new Driver().connect(url.jdbcUrl(), properties(patience));
        if (connection == null) {
            throw new PSQLException("The driver does not know this address.", PSQLState.CONNECTION_UNABLE_TO_CONNECT);
        }
        return connection;
    }

    /** What every connection has in common. The driver lets parameters of the URL win over these. */
    Properties properties(Duration patience) {
        Properties properties = new Properties();
        if (url.user() != null) {
            PGProperty.USER.set(properties, url.user());
        }
        if (url.password() != null) {
            PGProperty.PASSWORD.set(properties, url.password());
        }
        PGProperty.APPLICATION_NAME.set(properties, "workflow");
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "14");
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        boolean hasty = patience.isPositive() && patience.compareTo(CONNECT) < 0;
        PGProperty.CONNECT_TIMEOUT.set(properties, seconds(hasty ? patience : CONNECT));
        PGProperty.SOCKET_TIMEOUT.set(properties, seconds(patience));
        // Details of errors quote what was sent, and that is nobody's business in a log.
        PGProperty.LOG_SERVER_ERROR_DETAIL.set(properties, false);
        // Not binary by default; see BinaryArray.
        PGProperty.BINARY_TRANSFER_ENABLE.set(properties, "UUID_ARRAY");
        PGProperty.PREPARE_THRESHOLD.set(properties, 1);
        return properties;
    }

    private static int seconds(Duration duration) {
        return Math.toIntExact(duration.toSeconds());
    }

    public DatabaseUrl url() {
        return url;
    }

    int patience() {
        return patience;
    }
}
