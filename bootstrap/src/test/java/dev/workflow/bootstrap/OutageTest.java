package dev.workflow.bootstrap;

import static dev.workflow.bootstrap.Client.header;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.workflow.bootstrap.Settings.Broker;
import dev.workflow.bootstrap.Settings.Storage;
import dev.workflow.contracts.Eventually;
import dev.workflow.contracts.servers.RabbitNode;
import dev.workflow.contracts.servers.SharedBroker;
import dev.workflow.rabbitmq.BrokerUri;
import dev.workflow.rabbitmq.QueueType;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What producers and consumers see while the broker is away, and that nothing is lost by it. */
@Timeout(300)
@ExtendWith(SharedBroker.class)
class OutageTest {
    private static final Duration RECONCILE_AFTER = Duration.ofSeconds(1);
    private static final String TWO = "[{\"data\":{\"n\":1}},{\"data\":{\"n\":2}}]";
    private static final String THIRD = "{\"data\":{\"n\":3}}";

    private final RabbitNode node;
    private final String queue = SharedBroker.uniqueQueue();

    OutageTest(RabbitNode node) {
        this.node = node;
    }

    @Test
    void whatIsLostOrCannotBeQueuedIsHandedOverAllTheSame() throws Exception {
        try (EmbeddedPostgres postgres = Servers.durablePostgres()) {
            Storage storage = Servers.storage(postgres);
            try (Service service = start(storage)) {
                Client client = new Client(service);
                fillsAQueueAgainThatWasEmptied(client, channel -> channel.queuePurge(queue));
                fillsAQueueAgainThatWasEmptied(client, channel -> channel.queueDelete(queue));
                client.post("/workflow", TWO);
                node.wipe();
                goesOnWithoutABroker(client);
                try (Service another = start(storage)) {
                    Client late = new Client(another);
                    goesOnWithoutABroker(late);
                    node.restart();

                    assertThat(consumeAll(4, client, late))
                            .containsExactlyInAnyOrder("n\r\n1\r\n", "n\r\n2\r\n", "n\r\n3\r\n", "n\r\n3\r\n");
                }
            }
        }
    }

    private Service start(Storage storage) {
        Broker settings = Servers.rabbitMq(node.uri(), queue, QueueType.CLASSIC);
        return Servers.start(storage, settings, RECONCILE_AFTER);
    }

    private interface Loss {
        void happenOn(Channel channel) throws Exception;
    }

    private void fillsAQueueAgainThatWasEmptied(Client client, Loss loss) throws Exception {
        client.post("/workflow", TWO);
        try (Connection connection = BrokerUri.connectionFactory(node.uri()).newConnection();
                Channel channel = connection.createChannel()) {
            loss.happenOn(channel);
        }

        assertThat(consumeAll(2, client)).containsExactlyInAnyOrder("n\r\n1\r\n", "n\r\n2\r\n");
    }

    private static void goesOnWithoutABroker(Client client) {
        assertThat(client.post("/workflow", THIRD).statusCode()).isEqualTo(201);
        HttpResponse<String> refused = client.get("/workflow/consume");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("/problems/unavailable", "The broker is away or busy.");
        assertThat(header(refused, "Retry-After")).isNotEmpty();
        assertThat(client.get("/health/readiness").statusCode()).isEqualTo(200);
        assertThat(client.get("/health/readiness").body()).contains("degraded");
    }

    /** Consumes until {@code expected} came and nobody gets anything more. */
    private static List<String> consumeAll(int expected, Client... clients) {
        List<String> bodies = new ArrayList<>();
        Eventually.holds(expected + " workflows arrive, and then none", () -> {
            boolean nothing = true;
            for (Client client : clients) {
                HttpResponse<String> next = client.get("/workflow/consume");
                if (next.statusCode() == 200) {
                    bodies.add(next.body());
                }
                nothing &= next.statusCode() == 204;
            }
            return nothing && bodies.size() >= expected;
        });
        return bodies;
    }
}
