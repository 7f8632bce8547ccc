package dev.workflow.bootstrap;

import dev.workflow.application.RemoveOld;
import dev.workflow.bootstrap.Variables.Variable;
import dev.workflow.domain.StorePolicy;
import dev.workflow.postgres.server.DatabaseUrl;
import dev.workflow.rabbitmq.BrokerUri;
import dev.workflow.rabbitmq.QueueType;
import dev.workflow.rabbitmq.RabbitSettings;
import dev.workflow.rest.access.ApiKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an operator can set, read from environment variables and checked before anything starts. */
record Settings(Listen listen, Storage storage, StorePolicy policy, Broker broker, Periods periods) {
    /**
     * Where to listen, and to whom.
     *
     * @param apiKeys null: to whoever reaches it
     * @param console whether there is a page for people
     */
    record Listen(Address address, @Nullable ApiKeys apiKeys, boolean console) {}

    /**
     * How long things may take, and how long they are kept.
     *
     * @param keep nothing is removed unless it says so
     */
    record Periods(Duration reconcileAfter, Duration drainDelay, RemoveOld.Keep keep) {}

    /** Where workflows are kept. */
    sealed interface Storage {
        /** A PostgreSQL that comes with the service. */
        record Embedded(Path directory, int poolSize) implements Storage {}

        /**
         * One that is there already.
         *
         * @param variable what names it
         */
        record Server(String variable, DatabaseUrl url, int poolSize) implements Storage {}
    }

    /** Where the queue is. */
    sealed interface Broker {
        /** In this process. */
        record InMemory() implements Broker {}

        record RabbitMq(String uri, RabbitSettings queue) implements Broker {}
    }

    private static final int MOST_ATTEMPTS = 1_000_000;
    /** Two threads store, two hand over, and lists and single reads must not starve. */
    private static final int LEAST_POOL_SIZE = 5;

    private static final int DEFAULT_POOL_SIZE = 10;
    private static final int MOST_POOL_SIZE = 1000;
    /** In less a message may well be on its way. */
    private static final Duration LEAST_RECONCILE_AFTER = Duration.ofSeconds(1);
    /** Whoever repeats a request needs a moment for it. */
    private static final Duration LEAST_KEYS_LAST = Duration.ofSeconds(1);

    static Settings from(Map<String, String> environment) {
        Variables variables = new Variables(environment);
        Settings settings = from(variables);
        Mistyped.warn(environment, variables.asked());
        return settings;
    }

    static Settings from(Variables variables) {
        Logging.setUp(variables);
        return new Settings(
                listen(variables),
                storage(variables),
                policy(variables),
                broker(variables),
                new Periods(
                        variables.duration("WORKFLOW_RECONCILE_AFTER", Duration.ofSeconds(30), LEAST_RECONCILE_AFTER),
                        variables.duration("DRAIN_DELAY", Duration.ofSeconds(5)),
                        new RemoveOld.Keep(
                                variables.age("WORKFLOW_RETENTION_CONSUMED").orElse(null),
                                variables.age("WORKFLOW_RETENTION_DEAD").orElse(null))));
    }

    private static StorePolicy policy(Variables variables) {
        return new StorePolicy(
                variables.number("WORKFLOW_MAX_ATTEMPTS", StorePolicy.DEFAULT.maxAttempts(), 1, MOST_ATTEMPTS),
                variables.duration("WORKFLOW_IDEMPOTENCY_TTL", StorePolicy.DEFAULT.keysLast(), LEAST_KEYS_LAST));
    }

    private static @Nullable ApiKeys apiKeys(Variables variables) {
        try {
            return variables.text("WORKFLOW_API_KEYS").map(ApiKeys::parse).orElse(null);
        } catch (IllegalArgumentException e) {
            throw new StartFailure("WORKFLOW_API_KEYS: " + e.getMessage() + ".", e);
        }
    }

    private enum Switch {
        ON,
        OFF
    }

    private static Listen listen(Variables variables) {
        Address address = Address.of(variables);
        ApiKeys apiKeys = apiKeys(variables);
        boolean anonymous = variables.flag("WORKFLOW_ANONYMOUS");
        if (!address.isLoopback() && apiKeys == null && !anonymous) {
            throw address.openToAll();
        }
        return new Listen(address, apiKeys, variables.choice("WORKFLOW_CONSOLE", Switch.class, Switch.ON) == Switch.ON);
    }

    private static Storage storage(Variables variables) {
        String directory = variables.text("WORKFLOW_DATA_DIR", "data");
        int poolSize = variables.number("DATABASE_POOL_SIZE", DEFAULT_POOL_SIZE, LEAST_POOL_SIZE, MOST_POOL_SIZE);
        Optional<Variable> url = variables.first("DATABASE_URL", "DATASOURCES_DEFAULT_URL");
        Optional<Variable> username = variables.first("DATABASE_USERNAME", "DATASOURCES_DEFAULT_USERNAME");
        Optional<Variable> password = variables.first("DATABASE_PASSWORD", "DATASOURCES_DEFAULT_PASSWORD");
        if (url.isPresent()) {
            return new Storage.Server(url.get().name(), database(url.get(), username, password), poolSize);
        }
        username.or(() -> password).ifPresent(half -> {
            throw new StartFailure(half.name() + " is set without DATABASE_URL.");
        });
        return new Storage.Embedded(Path.of(directory), poolSize);
    }

    private static DatabaseUrl database(Variable text, Optional<Variable> username, Optional<Variable> password) {
        DatabaseUrl url = databaseUrl(text);
        if (password.isPresent() && username.isEmpty() && !url.namesUser()) {
            throw new StartFailure(password.get().name()
                    + " is set without a user: set DATABASE_USERNAME, or name one in " + text.name() + ".");
        }
        return url.withCredentials(
                username.map(Variable::value).orElse(null),
                password.map(Variable::value).orElse(null));
    }

    private static DatabaseUrl databaseUrl(Variable text) {
        try {
            return DatabaseUrl.parse(text.value());
        } catch (IllegalArgumentException e) {
            throw new StartFailure(text.name() + " " + e.getMessage() + ".", e);
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
