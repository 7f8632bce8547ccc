package dev.workflow.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.workflow.contracts.StoreFixture;
import dev.workflow.contracts.servers.Postgres;
import dev.workflow.domain.StorePolicy;
import dev.workflow.domain.port.DeadLetters;
import dev.workflow.domain.port.DeliveryRepository;
import dev.workflow.domain.port.Outbox;
import dev.workflow.domain.port.Statistics;
import dev.workflow.domain.port.Upkeep;
import dev.workflow.domain.port.WorkflowRepository;
import dev.workflow.postgres.server.DatabaseUrl;
import dev.workflow.postgres.server.PostgresSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A store on a database of its own. */
public final class TestStore implements StoreFixture, AutoCloseable {
    /** Where times are stored. */
    private static final Map<String, List<String>> TIMES = Map.of(
            "pending", List.of("queued_at", "waiting_since", "lease_until", "dead_at"),
            "consumed", List.of("consumed_at"),
            "outbox", List.of("queued_at"),
            "delivery", List.of("delivered_at", "lease_expires_at", "lease_until", "settled_at"),
            "idempotency", List.of("expires_at"),
            "tally", List.of("counted_at"));

    /** What no statement may leave behind. A service does without: each of its statements would pay for it. */
    private static final String INVARIANTS = """
            ALTER TABLE pending
                ADD CHECK (version > 0),
                ADD CHECK (attempts >= 0),
                ADD CHECK (waiting_since <= queued_at),
                ADD CONSTRAINT pending_dead_has_no_lease CHECK (dead_at IS NULL OR lease_until IS NULL),
                ADD CONSTRAINT pending_delayed_until CHECK (NOT delayed OR lease_until IS NOT NULL),
                ADD CONSTRAINT pending_leased_to CHECK (lease_until IS NULL OR delayed OR delivery_id IS NOT NULL)
            """;

    private static final int POOL_SIZE = 5;
    private static final int PATIENCE = 20;

    private final String url;
    private final PostgresStore store;

    private TestStore(String url) {
        this.url = url;
        this.store = PostgresStore.open(patient(url));
    }

    public static TestStore create() {
        return new TestStore(migratedDatabase());
    }

    public static String migratedDatabase() {
        return Postgres.database(url -> {
            PostgresStore.open(settings(url)).close();
            Postgres.execute(url, INVARIANTS);
        });
    }

    public static PostgresSettings settings(String url) {
        return settings(url, POOL_SIZE, 1);
    }

    static PostgresSettings settings(String url, int poolSize, int patience) {
        return new PostgresSettings(DatabaseUrl.parse(url), poolSize, StorePolicy.DEFAULT, true, patience);
    }

    /** However long a machine stands still, it gives up nothing. */
    public static PostgresSettings patient(String url) {
        return settings(url, POOL_SIZE, PATIENCE);
    }

    public String url() {
        return url;
    }

    /** The same database by way of another port. */
    public String url(int port) {
        return url.replaceFirst(":\\d+/", ":" + port + "/").replace("localhost", "127.0.0.1");
    }

    public int port() {
        return Integer.parseInt(url.replaceFirst(".*:(\\d+)/.*", "$1"));
    }

    public void execute(String sql) {
        Postgres.execute(url, sql);
    }

    /** The number that a query answers with. */
    public long number(String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** How a statement is run that was prepared for any parameters, line by line. */
    public List<String> plan(String sql) {
        assumeTrue(
                number("SELECT current_setting('server_version_num')::int") >= 160_000,
                "Before PostgreSQL 16 nothing tells of a plan for any parameters.");
        try (Connection connection = DriverManager.getConnection(url + "&preferQueryMode=simple");
                Statement statement = connection.createStatement()) {
            statement.execute("SET enable_seqscan = off");
            try (ResultSet row = statement.executeQuery("EXPLAIN (GENERIC_PLAN) " + sql)) {
                List<String> lines = new ArrayList<>();
                while (row.next()) {
                    lines.add(row.getString(1));
                }
                return lines;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    public PostgresStore postgres() {
        return store;
    }

    /** Much cheaper than a new database for each test. */
    public TestStore emptied() {
        execute(
                "TRUNCATE workflow, pending, consumed, outbox, delivery, earlier_delivery, removed_workflow, idempotency, tally");
        return this;
    }

    @Override
    public WorkflowRepository workflows() {
        return store.workflows();
    }

    @Override
    public DeliveryRepository deliveries() {
        return store.deliveries();
    }

    @Override
    public DeadLetters deadLetters() {
        return store.deadLetters();
    }

    @Override
    public Statistics statistics() {
        return store.statistics();
    }

    @Override
    public Outbox outbox() {
        return store.outbox();
    }

    @Override
    public Upkeep upkeep() {
        return store.upkeep();
    }

    @Override
    public Duration age(Duration by) {
        String earlier = " - make_interval(secs => " + by.toSeconds() + ")";
        TIMES.forEach((table, columns) -> execute("UPDATE " + table + " SET "
                + columns.stream()
                        .map(column -> column + " = " + column + earlier)
                        .collect(Collectors.joining(", "))));
        return by;
    }

    /** Otherwise the message that is on its way would be stale when it comes. */
    private static final String QUEUED_LATER_THAN_PUBLISHED = """
            SELECT count(*)
            FROM pending p
            CROSS JOIN LATERAL (
                SELECT queued_at FROM outbox WHERE p.id = ANY (workflow_ids) ORDER BY seq DESC LIMIT 1) o
            WHERE coalesce(lease_until, dead_at) IS NULL AND p.queued_at <> o.queued_at
            """;

    /** A state without a content or the other way round, and a delivery that shows nothing or not all. */
    private static final String WRONG = """
            WITH present AS (SELECT id FROM pending UNION ALL SELECT id FROM consumed),
            member AS (SELECT delivery.id AS delivery_id, m.id FROM delivery CROSS JOIN unnest(workflow_ids) AS m (id)),
            removed AS (SELECT id FROM member WHERE id NOT IN (SELECT id FROM present))
            SELECT (SELECT count(*) FROM workflow FULL JOIN present USING (id)
                    WHERE workflow.id IS NULL OR present.id IS NULL)
                 + (SELECT count(*) FROM removed_workflow FULL JOIN (SELECT DISTINCT id FROM removed) AS shown USING (id)
                    WHERE removed_workflow.id IS NULL OR shown.id IS NULL)
                 + (SELECT count(*) FROM delivery
                    WHERE id NOT IN (SELECT delivery_id FROM member JOIN present USING (id)))
                 + (SELECT count(*) FROM earlier_delivery
                    WHERE workflow_id NOT IN (SELECT id FROM workflow UNION ALL SELECT id FROM removed_workflow))
            """;

    @Override
    public void check() {
        assertThat(number(WRONG)).as("what does not belong together").isZero();
        assertThat(number(QUEUED_LATER_THAN_PUBLISHED))
                .as("those that wait and were queued at another time than their outbox says")
                .isZero();
    }

    @Override
    public void close() {
        store.close();
    }
}
