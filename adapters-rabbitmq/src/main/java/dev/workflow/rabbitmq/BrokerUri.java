package dev.workflow.rabbitmq;

import com.rabbitmq.client.ConnectionFactory;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code amqp://user:password@host:port/vhost}. The client library could, but it trusts every certificate for
 * {@code amqps}, decodes the virtual host twice, and shows the password in its errors.
 */
public final class BrokerUri {
    private static final int HIGHEST_PORT = 65_535;
    private static final Pattern SCHEME = Pattern.compile("amqps?:", Pattern.CASE_INSENSITIVE);

    private BrokerUri() {}

    /**
     * A factory that connects to {@code uri}.
     *
     * @throws IllegalArgumentException with one line, fit for whoever set it and without the password
     */
    public static ConnectionFactory connectionFactory(String uri) {
        return configure(new ConnectionFactory(), uri);
    }

    /**
     * Makes {@code factory} connect to {@code uri}, over TLS only to a host whose certificate the JVM trusts.
     *
     * @throws IllegalArgumentException as {@link #connectionFactory} does
     */
    public static <F extends ConnectionFactory> F configure(F factory, String uri) {
        URI parsed = parse(uri.strip());
        boolean tls = isTls(parsed);
        factory.setHost(host(parsed));
        factory.setPort(port(parsed, tls));
        factory.setVirtualHost(virtualHost(parsed));
        setUser(factory, parsed.getRawUserInfo());
        if (tls) {
            verifyServer(factory);
        }
        return factory;
    }

    /** First whether it is an address of a broker at all: what else is wrong with 127.0.0.1:5672 as a URI helps nobody. */
    private static URI parse(String uri) {
        if (!SCHEME.matcher(uri).lookingAt()) {
            throw wrong("must begin with amqp:// or amqps://");
        }
        try {
            return new URI(uri);
        } catch (URISyntaxException e) {
            throw wrong("is no URI: %s at position %s".formatted(e.getReason(), e.getIndex() + 1));
        }
    }

    private static boolean isTls(URI uri) {
        return "amqps".equalsIgnoreCase(uri.getScheme());
    }

    private static String host(URI uri) {
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw wrong("must end after the virtual host: '?' and '#' are not understood");
        }
        if (uri.getHost() == null) {
            throw wrong("names no host, or one that no URI may name (such as one with '_')");
        }
        return uri.getHost();
    }

    private static int port(URI uri, boolean tls) {
        int port = uri.getPort();
        if (port == 0 || port > HIGHEST_PORT) {
            throw wrong("has a port that is not between 1 and " + HIGHEST_PORT);
        }
        if (port > 0) {
            return port;
        }
        return tls ? ConnectionFactory.DEFAULT_AMQP_OVER_SSL_PORT : ConnectionFactory.DEFAULT_AMQP_PORT;
    }

    /** A lone slash is read as the default virtual host too: one with an empty name is nobody's wish. */
    private static String virtualHost(URI uri) {
        String path = uri.getRawPath();
        if (path == null || path.length() <= 1) {
            return ConnectionFactory.DEFAULT_VHOST;
        }
        if (path.indexOf('/', 1) > 0) {
            throw wrong("has more than one '/' after the host: write one in the virtual host's name as %2F");
        }
        return decode(path.substring(1));
    }

    private static void setUser(ConnectionFactory factory, @Nullable String userInfo) {
        if (userInfo == null) {
            return;
        }
        int colon = userInfo.indexOf(':');
        if (colon < 1 || colon == userInfo.length() - 1) {
            throw wrong("must name both user and password, or neither");
        }
        if (userInfo.indexOf(':', colon + 1) > 0) {
            throw wrong("has more than one ':' in user and password: write it as %3A");
        }
        factory.setUsername(decode(userInfo.substring(0, colon)));
        factory.setPassword(decode(userInfo.substring(colon + 1)));
    }

    /** In a URI, unlike in a form, a plus sign is a plus sign. */
    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static void verifyServer(ConnectionFactory factory) {
        try {
            factory.useSslProtocol(SSLContext.getDefault());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalArgumentException("RABBITMQ_URI asks for TLS, which this JVM cannot do.", e);
        }
        factory.enableHostnameVerification();
    }

    private static IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("RABBITMQ_URI " + what + ".");
    }
}
