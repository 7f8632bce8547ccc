package dev.workflow.bootstrap;

import dev.workflow.application.RemoveOld;
import dev.workflow.domain.StorePolicy;
import dev.workflow.postgres.DatabaseUrl;
import dev.workflow.rabbitmq.BrokerUri;
import dev.workflow.rabbitmq.QueueType;
import dev.workflow.rabbitmq.RabbitSettings;
import dev.workflow.rest.access.ApiKeys;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an operator can set, read from environment variables and checked before anything starts. */
record Settings(Listen listen, Storage storage, StorePolicy policy, Broker broker, Upkeep upkeep) {
    /**
     * Where to listen, and to whom.
     *
     * @param apiKeys null: to whoever reaches it
     * @param console whether there is a page for people
     */
    record Listen(String host, int port, @Nullable ApiKeys apiKeys, boolean console) {}

    /**
     * How long things may take, and how long they are kept.
     *
     * @param keep nothing is removed unless it says so
     */
    record Upkeep(Duration reconcileAfter, Duration drainDelay, RemoveOld.Keep keep) {}

    /** Where workflows are kept. */
    sealed interface Storage {
        int poolSize();

        /** A PostgreSQL that comes with the service. */
        record Embedded(Path directory, int poolSize) implements Storage {}

        record Server(DatabaseUrl url, int poolSize) implements Storage {}
    }

    /** Where the queue is. */
    sealed interface Broker {
        /** In this process. */
        record InMemory() implements Broker {}

        record RabbitMq(String uri, RabbitSettings queue) implements Broker {}
    }

    private static final int DEFAULT_PORT = 8000;
    private static final int DEFAULT_POOL_SIZE = 10;
    private static final int MOST_ATTEMPTS = 1_000_000;
    /** Two threads store, two hand over, and lists and single reads must not starve. */
    private static final int LEAST_POOL_SIZE = 5;

    static Settings from(Map<String, String> environment) {
        Variables variables = new Variables(environment);
        checkLogging(variables);
        return new Settings(
                listen(variables),
                storage(variables),
                policy(variables),
                broker(variables),
                new Upkeep(
                        variables.duration("WORKFLOW_RECONCILE_AFTER", Duration.ofSeconds(30)),
                        variables.duration("DRAIN_DELAY", Duration.ofSeconds(5)),
                        new RemoveOld.Keep(
                                variables.age("WORKFLOW_RETENTION_CONSUMED").orElse(null),
                                variables.age("WORKFLOW_RETENTION_DEAD").orElse(null))));
    }

    private static StorePolicy policy(Variables variables) {
        return new StorePolicy(
                variables.number("WORKFLOW_MAX_ATTEMPTS", StorePolicy.DEFAULT.maxAttempts(), 1, MOST_ATTEMPTS),
                variables.duration("WORKFLOW_IDEMPOTENCY_TTL", StorePolicy.DEFAULT.keysLast()));
    }

    private static @Nullable ApiKeys apiKeys(Variables variables) {
        try {
            return variables.text("WORKFLOW_API_KEYS").map(ApiKeys::parse).orElse(null);
        } catch (IllegalArgumentException e) {
            throw new StartFailure("WORKFLOW_API_KEYS: " + e.getMessage() + ".", e);
        }
    }

    /** The values themselves are read where logging is set up. */
    private static void checkLogging(Variables variables) {
        variables.choice("LOG_FORMAT", LogFormat.class, LogFormat.TEXT);
        variables.choice("LOG_LEVEL", LogLevel.class, LogLevel.INFO);
    }

    private enum LogFormat {
        TEXT,
        JSON
    }

    private enum LogLevel {
        TRACE,
        DEBUG,
        INFO,
        WARN,
        ERROR
    }

    private enum Switch {
        ON,
        OFF
    }

    private static Listen listen(Variables variables) {
        String host = variables
                .text("HOST")
                .or(() -> variables.text("MICRONAUT_SERVER_HOST"))
                .orElse("127.0.0.1");
        ApiKeys apiKeys = apiKeys(variables);
        boolean anonymous = variables.flag("WORKFLOW_ANONYMOUS");
        if (!isLoopback(host) && apiKeys == null && !anonymous) {
            throw new StartFailure("HOST is \"" + host + "\", which others can reach, and there are no API keys: "
                    + "set WORKFLOW_API_KEYS, or WORKFLOW_ANONYMOUS=true if anyone who can reach it may use it.");
        }
        String port = variables.text("PORT").isPresent() ? "PORT" : "MICRONAUT_SERVER_PORT";
        boolean console = variables.choice("WORKFLOW_CONSOLE", Switch.class, Switch.ON) == Switch.ON;
        return new Listen(host, variables.number(port, DEFAULT_PORT, 0, 65535), apiKeys, console);
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new StartFailure("HOST is \"" + host + "\", which is not an address of this machine.", e);
        }
    }

    private static Storage storage(Variables variables) {
        int poolSize = variables.number("DATABASE_POOL_SIZE", DEFAULT_POOL_SIZE, LEAST_POOL_SIZE, 1000);
        Optional<String> url = variables.text("DATABASE_URL").or(() -> variables.text("DATASOURCES_DEFAULT_URL"));
        Optional<String> username =
                variables.text("DATABASE_USERNAME").or(() -> variables.text("DATASOURCES_DEFAULT_USERNAME"));
        Optional<String> password =
                variables.text("DATABASE_PASSWORD").or(() -> variables.text("DATASOURCES_DEFAULT_PASSWORD"));
        if (url.isPresent()) {
            DatabaseUrl named = databaseUrl(url.get());
            if (password.isPresent() && username.isEmpty() && !named.namesUser()) {
                throw new StartFailure(
                        "DATABASE_PASSWORD is set without a user: set DATABASE_USERNAME, or name one in DATABASE_URL.");
            }
            return new Storage.Server(named.withCredentials(username.orElse(null), password.orElse(null)), poolSize);
        }
        if (username.isPresent()) {
            throw new StartFailure("DATABASE_USERNAME is set without DATABASE_URL.");
        }
        if (password.isPresent()) {
            throw new StartFailure("DATABASE_PASSWORD is set without DATABASE_URL.");
        }
        return new Storage.Embedded(Path.of(variables.text("WORKFLOW_DATA_DIR", "data")), poolSize);
    }

    private static DatabaseUrl databaseUrl(String url) {
        try {
            return DatabaseUrl.parse(url);
        } catch (IllegalArgumentException e) {
            throw new StartFailure("DATABASE_URL " + e.getMessage() + ".", e);
        }
    }

    private static Broker broker(Variables variables) {
        Optional<String> uri = variables.text("RABBITMQ_URI");
        if (uri.isPresent()) {
            return rabbitMq(uri.get(), variables);
        }
        for (String name : new String[] {"RABBITMQ_QUEUE", "RABBITMQ_QUEUE_TYPE"}) {
            if (variables.text(name).isPresent()) {
                throw new StartFailure(name + " is set without RABBITMQ_URI.");
            }
        }
        return new Broker.InMemory();
    }

    private static Broker rabbitMq(String uri, Variables variables) {
        QueueType type = variables.choice("RABBITMQ_QUEUE_TYPE", QueueType.class, QueueType.CLASSIC);
        try {
            BrokerUri.connectionFactory(uri);
            return new Broker.RabbitMq(uri, new RabbitSettings(variables.text("RABBITMQ_QUEUE", "workflow"), type));
        } catch (IllegalArgumentException e) {
            throw new StartFailure(String.valueOf(e.getMessage()), e);
        }
    }
}
