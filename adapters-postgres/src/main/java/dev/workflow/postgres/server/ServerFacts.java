package dev.workflow.postgres.server;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What a server says about itself and a database of it.
 *
 * @param version as people write it
 * @param majorVersion 14 of {@code 14.3}
 * @param readOnly whether nothing can be stored there
 * @param fsync the setting, as those behind it
 */
record ServerFacts(
        String version,
        int majorVersion,
        String encoding,
        boolean readOnly,
        String fsync,
        String synchronousCommit,
        String fullPageWrites) {
    static ServerFacts of(Connection connection) throws SQLException {
        String sql = """
                SELECT current_setting('server_version'),
                       current_setting('server_version_num')::integer / 10000,
                       current_setting('server_encoding'),
                       pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean,
                       current_setting('fsync'),
                       current_setting('synchronous_commit'),
                       current_setting('full_page_writes')
                """;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return new ServerFacts(
                    row.getString(1),
                    row.getInt(2),
                    row.getString(3),
                    row.getBoolean(4),
                    row.getString(5),
                    row.getString(6),
                    row.getString(7));
        }
    }
}
