package dev.workflow.bootstrap;

import static dev.workflow.bootstrap.Client.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.bootstrap.Settings.Broker;
import dev.workflow.contracts.Eventually;
import dev.workflow.contracts.servers.AmqpBroker;
import dev.workflow.contracts.servers.SharedBroker;
import dev.workflow.rabbitmq.QueueType;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What one instance hands over, another one settles, repeats and waits for: two of them on one database and one broker. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(SharedBroker.class)
class ReplicasTest {
    private EmbeddedPostgres postgres;
    private Service oneService;
    private Service otherService;
    private Client one;
    private Client other;

    @BeforeAll
    void start(AmqpBroker broker) {
        postgres = Servers.durablePostgres();
        Broker queue = Servers.rabbitMq(broker.uri(), QueueType.CLASSIC);
        oneService = Servers.start(Servers.storage(postgres), queue);
        otherService = Servers.start(Servers.storage(postgres), queue);
        one = new Client(oneService);
        other = new Client(otherService);
    }

    @AfterAll
    void stop() throws Exception {
        oneService.close();
        otherService.close();
        postgres.close();
    }

    @Test
    void aDeliveryIsTheSameOnEveryInstance() {
        one.post("/workflow", "[{\"data\":{\"a\":1}},{\"data\":{\"b\":[1, 2]}}]");
        awaitQueued();
        HttpResponse<String> consumed = other.get("/workflow/consume?max=2&wait=20&lease=60&arrays=index&bom=true");

        HttpResponse<String> again = one.get(header(consumed, "Content-Location"));

        assertThat(header(consumed, "Workflow-Count")).isEqualTo("2");
        assertThat(again.body()).isEqualTo(consumed.body()).isNotEmpty();
        for (String name : List.of("ETag", "Content-Type", "Workflow-Count", "Workflow-Lease-Expires")) {
            assertThat(header(again, name)).as(name).isEqualTo(header(consumed, name));
        }
        assertThat(settle(one, consumed, "ack", "").statusCode()).isEqualTo(200);
        assertThat(header(other.get(header(consumed, "Content-Location")), "Workflow-Delivery-State"))
                .isEqualTo("acked");
        assertThat(settle(other, consumed, "nack", "").body()).contains("/problems/already-settled");
    }

    @Test
    void whoWaitsOnOneGetsWhatIsPostedOnTheOther() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<HttpResponse<String>> waiting = threads.submit(() -> other.get("/workflow/consume?wait=20"));
            one.post("/workflow", "{\"data\":{\"name\":\"Ada\"}}");
            assertThat(waiting.get().body()).isEqualTo("name\r\nAda\r\n");
        }
    }

    @Test
    void whatIsRefusedOnOneComesAgainOnTheOtherUntilItIsDead() {
        one.post("/workflow", "{\"data\":\"poison\"}");
        for (int attempt = 1; attempt <= 5; attempt++) {
            Client client = attempt % 2 == 0 ? one : other;
            HttpResponse<String> taken = client.get("/workflow/consume?wait=20&lease=60");
            assertThat(header(taken, "Workflow-Attempt")).isEqualTo(Integer.toString(attempt));
            settle(client == one ? other : one, taken, "nack", "{\"error\":\"bad\"}");
        }
        assertThat(one.get("/workflow/dead").body()).contains("\"attempts\":5,\"last_error\":\"bad\"");
        assertThat(one.get("/workflow/consume").statusCode()).isEqualTo(204);
        assertThat(other.post("/workflow/dead/redrive", "{\"all\":true}").body())
                .isEqualTo("{\"redriven\":1,\"skipped\":[],\"more\":false}");
        assertThat(one.get("/workflow/consume?wait=20").body()).isEqualTo("value\r\npoison\r\n");
    }

    @Test
    void aLeaseThatEndsBringsTheWorkflowBack() {
        one.post("/workflow", "{\"data\":\"slow\"}");
        HttpResponse<String> first = one.get("/workflow/consume?wait=20&lease=1");
        HttpResponse<String> second = other.get("/workflow/consume?wait=20&lease=60");
        assertThat(header(second, "Workflow-UUID")).isEqualTo(header(first, "Workflow-UUID"));
        assertThat(header(second, "Workflow-Attempt")).isEqualTo("2");
        assertThat(settle(one, first, "ack", "").body()).contains("/problems/lease-expired");
        assertThat(settle(one, second, "ack", "").statusCode()).isEqualTo(200);
    }

    @Test
    void oneKeyActsOnceWhereverItIsSent() throws Exception {
        List<HttpResponse<String>> posted = manyTimes(
                client -> client.post("/workflow", "{\"data\":{\"once\":1}}", "Idempotency-Key", "post-once"));
        assertThat(bodies(posted, 201)).hasSize(1);

        List<HttpResponse<String>> consumed =
                manyTimes(client -> client.get("/workflow/consume?wait=5", "Idempotency-Key", "\"consume-once\""));
        assertThat(bodies(consumed, 200)).containsExactly("once\r\n1\r\n");
        assertThat(consumed).allMatch(each -> each.statusCode() == 200 || each.statusCode() == 409);
        assertThat(header(
                        one.get("/workflow/consume?wait=5", "Idempotency-Key", "consume-once"), "Idempotent-Replayed"))
                .isEqualTo("true");
        Eventually.holds(
                "nothing is left",
                () -> one.get("/workflow?status=inserted").body().equals("[]"));
    }

    @Test
    void allWhoSendOneKeyAtOnceGetTheSame() throws Exception {
        for (int round = 0; round < 5; round++) {
            String key = "all-at-once-" + round;
            one.post("/workflow", "{\"data\":{\"round\":" + round + "}}");
            awaitQueued();

            List<HttpResponse<String>> all = manyTimes(client -> one.get("/workflow/consume", "Idempotency-Key", key));

            assertThat(all).extracting(HttpResponse::statusCode).containsOnly(200);
            assertThat(bodies(all, 200)).containsExactly("round\r\n" + round + "\r\n");
        }
    }

    /** One answer may hold all of it from then on. */
    private void awaitQueued() {
        Eventually.holds(
                "all is in the queue", () -> one.get("/workflow/stats").body().contains("\"outbox\":0"));
    }

    private interface Call {
        HttpResponse<String> on(Client client);
    }

    private List<HttpResponse<String>> manyTimes(Call call) throws Exception {
        List<Callable<HttpResponse<String>>> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Client client = i % 2 == 0 ? one : other;
            calls.add(() -> call.on(client));
        }
        List<HttpResponse<String>> responses = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<HttpResponse<String>> each : threads.invokeAll(calls)) {
                responses.add(each.get());
            }
        }
        return responses;
    }

    private static Set<String> bodies(List<HttpResponse<String>> responses, int status) {
        Set<String> bodies = new HashSet<>();
        responses.stream().filter(each -> each.statusCode() == status).forEach(each -> bodies.add(each.body()));
        return bodies;
    }

    private static HttpResponse<String> settle(Client client, HttpResponse<String> delivery, String verb, String body) {
        return client.post(header(delivery, "Content-Location") + "/" + verb, body);
    }
}
