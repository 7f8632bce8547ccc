package dev.workflow.postgres;

import com.zaxxer.hikari.HikariDataSource;
import dev.workflow.domain.StorePolicy;
import dev.workflow.domain.port.DeadLetters;
import dev.workflow.domain.port.DeliveryRepository;
import dev.workflow.domain.port.Dependency;
import dev.workflow.domain.port.Outbox;
import dev.workflow.domain.port.Statistics;
import dev.workflow.domain.port.Upkeep;
import dev.workflow.domain.port.WorkflowRepository;
import dev.workflow.postgres.delivery.Redrives;
import dev.workflow.postgres.delivery.StoredDeliveries;
import dev.workflow.postgres.key.RequestKeys;
import dev.workflow.postgres.server.CannotOpenStore;
import dev.workflow.postgres.server.Changelog;
import dev.workflow.postgres.server.Connector;
import dev.workflow.postgres.server.DatabaseHealth;
import dev.workflow.postgres.server.Pool;
import dev.workflow.postgres.server.PostgresSettings;
import dev.workflow.postgres.server.ServerCheck;
import dev.workflow.postgres.server.Transactions;
import dev.workflow.postgres.server.UnknownCommits;
import dev.workflow.postgres.upkeep.StoreUpkeep;
import dev.workflow.postgres.upkeep.Tally;
import dev.workflow.postgres.workflow.FilterIndex;
import dev.workflow.postgres.workflow.OutboxTable;
import dev.workflow.postgres.workflow.StoredWorkflows;
import java.sql.Connection;
import java.sql.SQLException;

/** A PostgreSQL database as the store of the service: the one entry to this adapter. */
public final class PostgresStore implements AutoCloseable {
    /** One publishes and one counts while the third ends what is due and looks for what was lost. */
    private static final int BACKGROUND_CONNECTIONS = 3;

    private final Connector connector;
    private final HikariDataSource requestPool;
    private final HikariDataSource backgroundPool;
    private final WorkflowRepository workflows;
    private final DeliveryRepository deliveries;
    private final DeadLetters deadLetters;
    private final Outbox outbox;
    private final Upkeep upkeep;
    private final Statistics statistics;
    private final Dependency database;

    private PostgresStore(PostgresSettings settings, Connector connector) {
        this.connector = connector;
        this.requestPool = Pool.REQUESTS.open(connector, settings.poolSize());
        this.backgroundPool = Pool.BACKGROUND.open(connector, BACKGROUND_CONNECTIONS);
        UnknownCommits unknownCommits = new UnknownCommits(connector);
        Transactions requests = new Transactions(requestPool, unknownCommits);
        Transactions background = new Transactions(backgroundPool, unknownCommits);
        StorePolicy policy = settings.policy();
        RequestKeys keys = new RequestKeys(policy.keysLast());
        this.workflows = new StoredWorkflows(requests, keys, new FilterIndex(background));
        this.deliveries = new StoredDeliveries(requests, keys, policy.maxAttempts());
        this.deadLetters = new Redrives(requests, keys);
        this.outbox = new OutboxTable(background, requests);
        this.upkeep = new StoreUpkeep(background, policy.maxAttempts());
        this.statistics = new Tally(requests, background);
        this.database = new DatabaseHealth(requests);
    }

    /**
     * Checks the server, brings its tables up to date and opens connections to it.
     *
     * @throws CannotOpenStore with one line for the operator
     */
    public static PostgresStore open(PostgresSettings settings) {
        Connector connector = new Connector(settings.url(), settings.patience());
        try (Connection connection = new ServerCheck(settings, connector).connect()) {
            Changelog.apply(connection);
        } catch (SQLException e) {
            throw new CannotOpenStore(
                    "The tables in the database at " + settings.url().place()
                            + " could not be brought up to date (SQLSTATE "
                            + e.getSQLState() + "): may the user \""
                            + settings.url().userName()
                            + "\" create tables there?",
                    e);
        }
        return new PostgresStore(settings, connector);
    }

    public WorkflowRepository workflows() {
        return workflows;
    }

    public DeliveryRepository deliveries() {
        return deliveries;
    }

    public DeadLetters deadLetters() {
        return deadLetters;
    }

    public Outbox outbox() {
        return outbox;
    }

    public Upkeep upkeep() {
        return upkeep;
    }

    public Statistics statistics() {
        return statistics;
    }

    public Dependency database() {
        return database;
    }

    /**
     * For an instance whose queue is in its memory.
     *
     * @throws CannotOpenStore when another instance owns the queue of this database, or there is no connection for it
     */
    public QueueOwnership ownQueue() {
        return QueueOwnership.acquire(connector);
    }

    @Override
    public void close() {
        backgroundPool.close();
        requestPool.close();
    }
}
