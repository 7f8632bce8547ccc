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
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;

/** The whole service over HTTP, on PostgreSQL and each kind of queue. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(SharedBroker.class)
class EndToEndTest {
    private static final Pattern UUID = Pattern.compile("\"UUID\":\"([0-9a-f-]{36})\"");

    private EmbeddedPostgres postgres;

    @BeforeAll
    void startPostgres() {
        postgres = Servers.durablePostgres();
    }

    @AfterAll
    void stopPostgres() throws Exception {
        postgres.close();
    }

    @TestFactory
    Stream<DynamicTest> inMemoryQueue() {
        return story(new Broker.InMemory());
    }

    @TestFactory
    Stream<DynamicTest> classicQueue(AmqpBroker broker) {
        return story(Servers.rabbitMq(broker.uri(), QueueType.CLASSIC));
    }

    @TestFactory
    Stream<DynamicTest> quorumQueue(AmqpBroker broker) {
        return story(Servers.rabbitMq(broker.uri(), QueueType.QUORUM));
    }

    private Stream<DynamicTest> story(Broker broker) {
        Service service = Servers.start(Servers.storage(postgres), broker);
        Chapter chapter = new Chapter(new Client(service));
        return Stream.of(
                        test("posted data comes back byte for byte", chapter::postedDataComesBack),
                        test("consumers get each workflow once, in order", chapter::consumersGetEachOnce),
                        test("a consumer may ask for JSON", chapter::consumerMayAskForJson),
                        test("a status change takes out and puts back", chapter::statusChangeTakesOutAndPutsBack),
                        test("what is put back stands at the back", chapter::whatIsPutBackStandsAtTheBack),
                        test("the list pages to its end", chapter::listPagesToItsEnd),
                        test("both forms of a path answer, and HEAD", chapter::bothFormsAnswer),
                        test("health tells what it stands on", chapter::healthTells))
                .onClose(service::close);
    }

    private static DynamicTest test(String name, Executable body) {
        return DynamicTest.dynamicTest(name, body);
    }

    private record Chapter(Client client) {
        void postedDataComesBack() {
            String data = "{ \"b\": 1.0, \"a\": [1e2, 12345678901234567890, \"\\u00e9é\"], \"b\": null }";
            HttpResponse<String> posted =
                    client.post("/workflow", "{\"data\": " + data + ", \"steps\": [\"fetch\", \"send\"]}");

            assertThat(posted.statusCode()).isEqualTo(201);
            assertThat(posted.body()).contains("\"data\":" + data).contains("\"steps\":[\"fetch\",\"send\"]");
            HttpResponse<String> read = client.get(header(posted, "Location"));
            assertThat(read.body()).isEqualTo(posted.body());
            assertThat(header(read, "ETag")).isEqualTo(header(posted, "ETag")).startsWith("\"");
            assertThat(client.consume("/workflow/consume").statusCode()).isEqualTo(200);
        }

        void consumersGetEachOnce() {
            client.post("/workflow", "[{\"data\":{\"n\":1}},{\"data\":{\"n\":2}}]");
            client.post("/workflow", "{\"data\":{\"n\":3}}");

            assertThat(consumeAll()).containsExactly("n\r\n1\r\n", "n\r\n2\r\n", "n\r\n3\r\n");
        }

        private List<String> consumeAll() {
            List<String> bodies = new ArrayList<>();
            for (HttpResponse<String> next = client.consume("/workflow/consume");
                    next.statusCode() == 200;
                    next = client.consume("/workflow/consume")) {
                bodies.add(next.body());
            }
            return bodies;
        }

        void consumerMayAskForJson() {
            String id = id(client.post("/workflow", "{\"data\":{\"n\":4}}"));

            HttpResponse<String> consumed = client.consume("/workflow/consume", "Accept", "application/json");

            assertThat(consumed.body()).contains(id).contains("\"status\":\"consumed\"");
            assertThat(header(consumed, "Workflow-UUID")).isEqualTo(id);
            assertThat(client.get("/workflow/" + id).body()).isEqualTo(consumed.body());
        }

        void statusChangeTakesOutAndPutsBack() {
            HttpResponse<String> posted = client.post("/workflow", "{\"data\":{\"n\":5}}");
            String path = header(posted, "Location");

            assertThat(client.patch(path, "{\"status\":\"consumed\"}", "If-Match", header(posted, "ETag"))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(client.consume("/workflow/consume").statusCode()).isEqualTo(204);
            assertThat(client.patch(path, "{\"status\":\"inserted\"}", "If-Match", header(posted, "ETag"))
                            .statusCode())
                    .isEqualTo(412);
            assertThat(client.patch(path, "{\"status\":\"inserted\"}").statusCode())
                    .isEqualTo(200);
            assertThat(consumeAll()).containsExactly("n\r\n5\r\n");
        }

        void whatIsPutBackStandsAtTheBack() {
            String path = header(client.post("/workflow", "{\"data\":{\"n\":6}}"), "Location");
            client.post("/workflow", "{\"data\":{\"n\":7}}");
            for (String status : List.of("consumed", "inserted", "consumed", "inserted")) {
                client.patch(path, "{\"status\":\"" + status + "\"}");
            }

            assertThat(consumeAll()).containsExactly("n\r\n7\r\n", "n\r\n6\r\n");
        }

        void listPagesToItsEnd() {
            client.post(
                    "/workflow",
                    IntStream.range(0, 25)
                            .mapToObj(i -> "{\"data\":" + i + "}")
                            .toList()
                            .toString());
            List<String> paged = new ArrayList<>();
            String next = "/workflow?limit=7&status=inserted";
            while (!next.isEmpty()) {
                HttpResponse<String> page = client.get(next);
                paged.addAll(ids(page.body()));
                Matcher link = Pattern.compile("<([^>]+)>; rel=\"next\"").matcher(header(page, "Link"));
                next = link.find() ? link.group(1) : "";
            }

            assertThat(paged)
                    .hasSize(25)
                    .isEqualTo(ids(client.get("/workflow?status=inserted").body()));
            assertThat(ids(client.get("/workflow").body())).containsAll(paged).isSorted();
            assertThat(consumeAll()).hasSize(25);
        }

        void bothFormsAnswer() {
            String id = id(client.post("/workflow/", "{\"data\":6}"));
            for (String path :
                    List.of("/workflow", "/workflow/" + id, "/workflow/" + id + "/csv", "/health/liveness")) {
                assertThat(client.get(path + "/").statusCode()).as(path).isEqualTo(200);
                assertThat(client.head(path).statusCode()).as(path).isEqualTo(200);
            }
            for (String path : List.of("/health", "/health/")) {
                Eventually.holds(path, () -> client.get(path).statusCode() == 200);
                Eventually.holds(path, () -> client.head(path).statusCode() == 200);
            }
            assertThat(client.head("/workflow/consume").statusCode()).isEqualTo(405);
            assertThat(client.consume("/workflow/consume/").body()).isEqualTo("value\r\n6\r\n");
        }

        void healthTells() {
            assertThat(client.get("/health/liveness").statusCode()).isEqualTo(200);
            Eventually.holds(
                    "it is ready", () -> client.get("/health/readiness").statusCode() == 200);
            Eventually.holds(
                    "its database keeps what it committed",
                    () -> client.get("/health").body().contains("\"fsync\":\"on\""));
        }

        private static String id(HttpResponse<String> response) {
            return ids(response.body()).getFirst();
        }

        private static List<String> ids(String json) {
            return UUID.matcher(json).results().map(found -> found.group(1)).toList();
        }
    }
}
