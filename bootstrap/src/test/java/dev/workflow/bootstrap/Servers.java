package dev.workflow.bootstrap;

import dev.workflow.application.RemoveOld;
import dev.workflow.bootstrap.Settings.Broker;
import dev.workflow.bootstrap.Settings.Listen;
import dev.workflow.bootstrap.Settings.Periods;
import dev.workflow.bootstrap.Settings.Storage;
import dev.workflow.contracts.servers.Postgres;
import dev.workflow.contracts.servers.SharedBroker;
import dev.workflow.domain.StorePolicy;
import dev.workflow.postgres.server.DatabaseUrl;
import dev.workflow.rabbitmq.QueueType;
import dev.workflow.rabbitmq.RabbitSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** What instances under test run on. */
final class Servers {
    static final Listen ANY_PORT = new Listen(new Address("HOST", "127.0.0.1", "PORT", 0), null, true);
    private static final int POOL_SIZE = 8;

    private Servers() {}

    /** A PostgreSQL that keeps what it committed, as the service demands of every server. */
    static EmbeddedPostgres durablePostgres() {
        try {
            return Postgres.builder()
                    .setServerConfig("fsync", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Storage storage(EmbeddedPostgres server) {
        return new Storage.Server(
                "DATABASE_URL", DatabaseUrl.parse(server.getJdbcUrl("postgres", "postgres")), POOL_SIZE);
    }

    /** A queue that no other test uses. */
    static Broker rabbitMq(String uri, QueueType type) {
        return rabbitMq(uri, SharedBroker.uniqueQueue(), type);
    }

    static Broker rabbitMq(String uri, String queue, QueueType type) {
        return new Broker.RabbitMq(uri, new RabbitSettings(queue, type));
    }

    /** As an operator does who sets these variables besides. */
    static Service start(EmbeddedPostgres server, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("PORT", "0");
        environment.put("DRAIN_DELAY", "0s");
        environment.put("DATABASE_URL", server.getJdbcUrl("postgres", "postgres"));
        return Service.start(Settings.from(environment));
    }

    static Service start(Storage storage, Broker broker) {
        return start(storage, broker, Duration.ofSeconds(30));
    }

    static Service start(Storage storage, Broker broker, Duration reconcileAfter) {
        return Service.start(new Settings(
                ANY_PORT,
                storage,
                StorePolicy.DEFAULT,
                broker,
                new Periods(reconcileAfter, Duration.ZERO, new RemoveOld.Keep(null, null))));
    }
}
