package dev.workflow.postgres.server;

import java.util.Arrays;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
        if (!url.isKnownToTheDriver()) {
            throw new IllegalArgumentException("has a parameter that the JDBC driver does not know");
        }
        return url;
    }

    /** The driver passes over others: one that was mistyped may well have asked for encryption. */
    private boolean isKnownToTheDriver() {
        return parts().stringPropertyNames().stream().allMatch(name -> PGProperty.forName(name) != null);
    }

    /** The same database for another user; null keeps what is there. */
    public DatabaseUrl withCredentials(@Nullable String otherUser, @Nullable String otherPassword) {
        DatabaseUrl named = otherUser == null ? this : new DatabaseUrl(without("user"), otherUser, password);
        return otherPassword == null ? named : new DatabaseUrl(named.without("password"), named.user, otherPassword);
    }

    /** The driver lets what its URL says win. */
    private String without(String parameter) {
        int question = jdbcUrl.indexOf('?');
        if (question < 0) {
            return jdbcUrl;
        }
        String others = Arrays.stream(jdbcUrl.substring(question + 1).split("&", -1))
                .filter(each -> !each.startsWith(parameter + "="))
                .collect(Collectors.joining("&"));
        return jdbcUrl.substring(0, question) + (others.isEmpty() ? "" : "?" + others);
    }

    public boolean namesUser() {
        return namedUser() != null;
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

    public String userName() {
        String named = namedUser();
        return named == null ? System.getProperty("user.name", "") : named;
    }

    private @Nullable String namedUser() {
        return user == null ? PGProperty.USER.getOrDefault(parts()) : user;
    }

    boolean hasPassword() {
        String known = password == null ? PGProperty.PASSWORD.getOrDefault(parts()) : password;
        return known != null && !known.isEmpty();
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
