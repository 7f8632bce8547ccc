package dev.workflow.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.bootstrap.Settings.Broker;
import dev.workflow.bootstrap.Settings.Storage;
import dev.workflow.contracts.servers.AmqpBroker;
import dev.workflow.contracts.servers.SharedBroker;
import dev.workflow.rabbitmq.QueueType;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two instances on one database and one broker, and a crowd that uses both. */
@Timeout(300)
@ExtendWith(SharedBroker.class)
class CrowdTest {
    private static final int PRODUCERS = 8;
    private static final int CONSUMERS = 8;
    private static final int EACH = 1250;

    private final AtomicInteger consumed = new AtomicInteger();

    @Test
    void tenThousandWorkflowsAreConsumedOnceEach(AmqpBroker broker) throws Exception {
        try (EmbeddedPostgres postgres = Servers.durablePostgres()) {
            Storage storage = Servers.storage(postgres);
            Broker queue = Servers.rabbitMq(broker.uri(), QueueType.CLASSIC);
            try (Service one = Servers.start(storage, queue);
                    Service other = Servers.start(storage, queue)) {
                List<Client> clients = List.of(new Client(one), new Client(other));

                List<Integer> bodies = produceAndConsume(clients);

                assertThat(bodies)
                        .containsExactlyInAnyOrderElementsOf(
                                IntStream.range(0, PRODUCERS * EACH).boxed().toList());
                assertThat(clients.getFirst().get("/workflow?status=inserted").body())
                        .isEqualTo("[]");
            }
        }
    }

    private List<Integer> produceAndConsume(List<Client> clients) throws Exception {
        List<Integer> bodies = new ArrayList<>();
        try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<List<Integer>>> all = new ArrayList<>();
            for (int i = 0; i < PRODUCERS; i++) {
                int producer = i;
                all.add(() -> produce(clients.get(producer % clients.size()), producer));
            }
            for (int i = 0; i < CONSUMERS; i++) {
                Client client = clients.get(i % clients.size());
                all.add(() -> consume(client));
            }
            for (Future<List<Integer>> each : crowd.invokeAll(all)) {
                bodies.addAll(each.get());
            }
        }
        return bodies;
    }

    private static List<Integer> produce(Client client, int producer) {
        for (int i = 0; i < EACH; i++) {
            int number = producer * EACH + i;
            while (!created(client.post("/workflow", "{\"data\":" + number + "}"))) {
                // certainly not stored, so once more
            }
        }
        return List.of();
    }

    private static boolean created(HttpResponse<String> response) {
        return response.statusCode() == 201 || !isBusy(response);
    }

    private List<Integer> consume(Client client) {
        List<Integer> bodies = new ArrayList<>();
        while (consumed.get() < PRODUCERS * EACH) {
            HttpResponse<String> next = client.get("/workflow/consume");
            if (next.statusCode() == 200) {
                bodies.add(
                        Integer.parseInt(next.body().lines().skip(1).findFirst().orElseThrow()));
                consumed.incrementAndGet();
            } else if (next.statusCode() != 204) {
                isBusy(next);
            }
        }
        return bodies;
    }

    /** A machine that is too slow may refuse; then nothing was done, which the count at the end would show. */
    private static boolean isBusy(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(503);
        assertThat(Client.header(response, "Retry-After")).as(response.body()).isNotEmpty();
        return true;
    }
}
