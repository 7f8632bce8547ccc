package dev.workflow.postgres;

import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * Where the database is and who asks. Never shows the password.
 *
 * @param jdbcUrl may hold parameters of the driver; what it sets wins over what this adapter would set
 * @param user null: what the URL or the driver says
 */
public record DatabaseUrl(
        String jdbcUrl, @Nullable String user, @Nullable String password) {
    private static final String HOST = "(?:[^/?:@,\\[\\]]+|\\[[^]/?]+])(?::\\d{1,5})?";

    /** The driver would log the text of a port that is none, and that may be a password. */
    private static final Pattern JDBC =
            Pattern.compile("jdbc:postgresql:(?://" + HOST + "(?:," + HOST + ")*(?:/[^/?]*)?|[^/?]*)(?:\\?.*)?");

    /**
     * Reads {@code jdbc:postgresql://host/database} or {@code postgres://user:password@host:port/database?sslmode=require}.
     *
     * @throws IllegalArgumentException with one line that tells what is wrong and holds nothing of the text
     */
    public static DatabaseUrl parse(String text) {
        String trimmed = text.strip();
        DatabaseUrl url =
                trimmed.startsWith("jdbc:") ? new DatabaseUrl(trimmed, null, null) : PostgresUri.parse(trimmed);
        if (!JDBC.matcher(url.jdbcUrl).matches() || Driver.parseURL(url.jdbcUrl, null) == null) {
            throw new IllegalArgumentException(
                    "is no address of a PostgreSQL database: write postgres://user:password@host:5432/database"
                            + " or jdbc:postgresql://host:5432/database");
        }
        return url;
    }

    /** The same database for another user; null keeps what is there. */
    public DatabaseUrl withCredentials(@Nullable String otherUser, @Nullable String otherPassword) {
        return new DatabaseUrl(
                jdbcUrl, otherUser == null ? user : otherUser, otherPassword == null ? password : otherPassword);
    }

    /** Such as {@code db.example:5432/workflow}. */
    public String place() {
        Properties parts = parts();
        String host = PGProperty.PG_HOST.getOrDefault(parts);
        String port = PGProperty.PG_PORT.getOrDefault(parts);
        String database = PGProperty.PG_DBNAME.getOrDefault(parts);
        return host + ":" + port + (database == null ? "" : "/" + database);
    }

    String database() {
        String named = PGProperty.PG_DBNAME.getOrDefault(parts());
        return named == null ? userName() : named;
    }

    String userName() {
        String named = user == null ? PGProperty.USER.getOrDefault(parts()) : user;
        return named == null ? System.getProperty("user.name", "") : named;
    }

    private Properties parts() {
        Properties parts = Driver.parseURL(jdbcUrl, null);
        return parts == null ? new Properties() : parts;
    }

    @Override
    public String toString() {
        return place();
    }
}
