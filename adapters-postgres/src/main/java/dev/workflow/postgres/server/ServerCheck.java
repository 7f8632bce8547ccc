package dev.workflow.postgres.server;

import dev.workflow.postgres.value.BinaryArray;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Looks at a server before anything is done with it, and says in one line why it will not do. */
public final class ServerCheck {
    private static final int OLDEST_VERSION = 14;

    private final PostgresSettings settings;
    private final Connector connector;

    public ServerCheck(PostgresSettings settings, Connector connector) {
        this.settings = settings;
        this.connector = connector;
    }

    /** Opens a connection without time limits to a server that will do. */
    public Connection connect() {
        try {
            return checked(connector.open(Duration.ZERO));
        } catch (SQLException e) {
            throw refused(settings.url(), e);
        }
    }

    private Connection checked(Connection connection) throws SQLException {
        try {
            refuseIfUnfit(ServerFacts.of(connection));
            refuseIf(
                    !takesArrays(connection),
                    "cannot be used with what its address says: leave out preferQueryMode=simple and binaryTransfer…");
            return connection;
        } catch (SQLException | CannotOpenStore e) {
            connection.close();
            throw e;
        }
    }

    /** Parameters of the address may keep the driver from sending arrays in their binary form, and all statements have some. */
    private static boolean takesArrays(Connection connection) throws SQLException {
        String sql = "SELECT CAST(? AS uuid[]), CAST(? AS text[]), CAST(? AS bigint[])";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, BinaryArray.ofUuids(List.of()));
            statement.setObject(2, BinaryArray.ofTexts(List.of()));
            statement.setObject(3, BinaryArray.ofTimes(List.of()));
            statement.executeQuery().close();
            return true;
        } catch (UnsupportedOperationException e) {
            return false; // the driver asked for the text of an array
        } catch (SQLException e) {
            if (SqlState.isAnswer(e)) {
                return false;
            }
            throw e;
        }
    }

    void refuseIfUnfit(ServerFacts facts) {
        refuseIf(
                facts.majorVersion() < OLDEST_VERSION,
                "runs PostgreSQL " + facts.version() + "; " + OLDEST_VERSION + " is the oldest that will do");
        refuseIf(
                !"UTF8".equals(facts.encoding()),
                "is encoded in " + facts.encoding() + ", and only UTF8 keeps every text: create it with that");
        refuseIf(facts.readOnly(), "is read-only, perhaps a standby: name the primary");
        refuseIfForgetful("fsync", facts.fsync());
        refuseIfForgetful("full_page_writes", facts.fullPageWrites());
    }

    private void refuseIfForgetful(String setting, String value) {
        refuseIf(
                "off".equals(value) && !settings.toleratesUnsafeServer(),
                "runs with " + setting + " = off and could lose what it has stored: switch it on");
    }

    private void refuseIf(boolean unfit, String why) {
        if (unfit) {
            throw new CannotOpenStore("The database at " + settings.url().place() + " " + why + ".");
        }
    }

    /** Why a server let nobody in. */
    public static CannotOpenStore refused(DatabaseUrl url, SQLException e) {
        return new CannotOpenStore(reason(url, e), e);
    }

    private static String reason(DatabaseUrl url, SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return switch (state) {
            case "28P01", "28000" ->
                "The database at " + url.place() + " refused the user \"" + url.userName() + "\" or the password.";
            case "3D000" -> "The server at " + url.place() + " has no database \"" + url.database() + "\".";
            case "53300" ->
                "The database at " + url.place() + " has no connection left: end others, or raise max_connections"
                        + " or the limit of the user \"" + url.userName() + "\".";
            case "57P03" -> "The database at " + url.place() + " is not ready for connections yet.";
            default -> "The database at " + url.place() + " " + other(url, state, e) + ".";
        };
    }

    private static String other(DatabaseUrl url, String state, SQLException e) {
        if (state.equals("08004") && !url.hasPassword()) {
            return "wants a password: set DATABASE_PASSWORD";
        }
        return state.startsWith("08") ? "cannot be reached: " + rootOf(e) : "cannot be used: SQLSTATE " + state;
    }

    private static String rootOf(SQLException e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (root instanceof UnknownHostException) {
            return "nobody knows this host";
        }
        String message = String.valueOf(root.getMessage());
        return message.lines().findFirst().orElse("").replaceAll("\\.+$", "");
    }
}
