package dev.workflow.bootstrap;

import static dev.workflow.bootstrap.Client.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.bootstrap.Settings.Broker;
import dev.workflow.contracts.Eventually;
import dev.workflow.contracts.servers.RabbitNode;
import dev.workflow.rabbitmq.QueueType;
import dev.workflow.rabbitmq.RabbitSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What producers and consumers see while the broker is away, and that nothing is lost by it. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutageTest {
    private static final Duration RECONCILE_AFTER = Duration.ofSeconds(1);
    private static final String QUEUE = "outage";

    private EmbeddedPostgres postgres;
    private RabbitNode broker;

    @BeforeAll
    void startServers() {
        Assumptions.assumeTrue(RabbitNode.isWanted(), "rabbitmq-server is not installed");
        postgres = Servers.durablePostgres();
        broker = RabbitNode.start();
    }

    @AfterAll
    void stopServers() throws Exception {
        if (broker != null) {
            broker.close();
            postgres.close();
        }
    }

    private Service start() {
        Broker settings = new Broker.RabbitMq(broker.uri(), new RabbitSettings(QUEUE, QueueType.CLASSIC));
        return Servers.start(Servers.storage(postgres), settings, RECONCILE_AFTER);
    }

    @Test
    void startsAndStoresWhileTheBrokerIsAwayAndHandsOverWhenItIsBack() {
        broker.stop();
        try (Service service = start()) {
            Client client = new Client(service);
            assertThat(client.post("/workflow", "{\"data\":{\"n\":1}}").statusCode())
                    .isEqualTo(201);
            HttpResponse<String> refused = client.get("/workflow/consume");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("/problems/unavailable");
            assertThat(header(refused, "Retry-After")).isNotEmpty();
            assertThat(client.get("/health/readiness").statusCode()).isEqualTo(200);
            assertThat(client.get("/health/readiness").body()).contains("degraded");

            broker.restart();

            assertThat(consumeAll(client, 1)).containsExactly("n\r\n1\r\n");
        }
    }

    @Test
    void fillsAQueueAgainThatWasPurgedDeletedOrWiped() {
        try (Service service = start()) {
            Client client = new Client(service);
            List<Runnable> losses =
                    List.of(() -> broker.purge(QUEUE), () -> broker.delete(QUEUE), this::replaceByAnEmptyOne);
            for (Runnable loss : losses) {
                client.post("/workflow", "[{\"data\":{\"n\":1}},{\"data\":{\"n\":2}}]");
                loss.run();

                assertThat(consumeAll(client, 2)).containsExactlyInAnyOrder("n\r\n1\r\n", "n\r\n2\r\n");
            }
        }
    }

    private void replaceByAnEmptyOne() {
        broker.wipe();
        broker.restart();
    }

    /** Consumes until {@code expected} came and nothing more does. */
    private static List<String> consumeAll(Client client, int expected) {
        List<String> bodies = new ArrayList<>();
        Eventually.holds(expected + " workflows arrive, and then none", () -> {
            HttpResponse<String> next = client.get("/workflow/consume");
            if (next.statusCode() == 200) {
                bodies.add(next.body());
            }
            return next.statusCode() == 204 && bodies.size() >= expected;
        });
        return bodies;
    }
}
