package dev.workflow.postgres.server;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The form of address that PostgreSQL's own tools take, in the words of the JDBC driver. */
final class PostgresUri {
    /** Parameters of libpq that the driver knows under another name. */
    private static final Map<String, String> DRIVER_NAMES = Map.of(
            "application_name", "ApplicationName",
            "connect_timeout", "connectTimeout",
            "channel_binding", "channelBinding",
            "gssencmode", "gssEncMode",
            "keepalives", "tcpKeepAlive",
            "target_session_attrs", "targetServerType");

    private static final Map<String, String> DRIVER_VALUES = Map.of(
            "targetServerType=read-write", "targetServerType=primary",
            "targetServerType=read-only", "targetServerType=secondary",
            "targetServerType=standby", "targetServerType=secondary",
            "targetServerType=prefer-standby", "targetServerType=preferSecondary",
            "tcpKeepAlive=1", "tcpKeepAlive=true",
            "tcpKeepAlive=0", "tcpKeepAlive=false");

    private @Nullable String user;
    private @Nullable String password;
    private final List<String> parameters = new ArrayList<>();

    private PostgresUri() {}

    static DatabaseUrl parse(String text) {
        return new PostgresUri().read(text);
    }

    private DatabaseUrl read(String text) {
        String rest = withoutScheme(text);
        int question = rest.indexOf('?');
        if (question >= 0) {
            readParameters(rest.substring(question + 1));
            rest = rest.substring(0, question);
        }
        int slash = rest.indexOf('/', rest.lastIndexOf('@') + 1);
        String authority = slash < 0 ? rest : rest.substring(0, slash);
        String database = slash < 0 ? "" : decoded(rest.substring(slash + 1));
        String hosts = readUser(authority);
        if (hosts.isEmpty()) {
            throw new IllegalArgumentException("names no host");
        }
        String query = parameters.isEmpty() ? "" : "?" + String.join("&", parameters);
        return new DatabaseUrl("jdbc:postgresql://" + hosts + "/" + encoded(database) + query, user, password);
    }

    private static String withoutScheme(String text) {
        for (String scheme : List.of("postgres://", "postgresql://")) {
            if (text.startsWith(scheme)) {
                return text.substring(scheme.length());
            }
        }
        throw new IllegalArgumentException("begins with neither postgres://, postgresql:// nor jdbc:postgresql://");
    }

    /** Takes the user and the password and leaves what comes after them. */
    private String readUser(String authority) {
        int at = authority.lastIndexOf('@');
        if (at < 0) {
            return authority;
        }
        String who = authority.substring(0, at);
        int colon = who.indexOf(':');
        String named = decoded(colon < 0 ? who : who.substring(0, colon));
        user = named.isEmpty() ? null : named;
        password = colon < 0 ? null : decoded(who.substring(colon + 1));
        return authority.substring(at + 1);
    }

    private void readParameters(String query) {
        for (String each : query.split("&", -1)) {
            int equals = each.indexOf('=');
            if (equals > 0) {
                readParameter(decoded(each.substring(0, equals)), decoded(each.substring(equals + 1)));
            } else if (!each.isEmpty()) {
                throw new IllegalArgumentException("has a parameter without a value");
            }
        }
    }

    private void readParameter(String name, String value) {
        switch (name) {
            case "user" -> user = value;
            case "password" -> password = value;
            default -> {
                String pair = DRIVER_NAMES.getOrDefault(name, name) + "=" + value;
                String known = DRIVER_VALUES.getOrDefault(pair, pair);
                int equals = known.indexOf('=');
                parameters.add(encoded(known.substring(0, equals)) + "=" + encoded(known.substring(equals + 1)));
            }
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Percent-decodes; unlike in a form, a plus is a plus. */
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // what it says quotes the text
            throw new IllegalArgumentException("has a % that two hexadecimal digits do not follow: write %25 for a %");
        }
    }
}
