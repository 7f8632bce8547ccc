package dev.workflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.Eventually;
import dev.workflow.domain.Fault;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Metrics of workflows, and of the process. */
final class PrometheusTest extends ClockedServiceTest {
    private Map<String, Double> ofWorkflows() {
        Map<String, Double> values = Scrape.of(client).values();
        values.keySet().removeIf(name -> !name.startsWith("workflow_"));
        return values;
    }

    @Test
    void tellOfNothing() {
        assertThat(ofWorkflows())
                .isEqualTo(Map.of(
                        "workflow_workflows{state=\"waiting\"}", 0.0,
                        "workflow_workflows{state=\"delayed\"}", 0.0,
                        "workflow_workflows{state=\"leased\"}", 0.0,
                        "workflow_workflows{state=\"dead\"}", 0.0,
                        "workflow_workflows{state=\"consumed\"}", 0.0,
                        "workflow_outbox", 0.0,
                        "workflow_inserted_total", 0.0,
                        "workflow_consumed_total", 0.0,
                        "workflow_database_up", 1.0));
    }

    @Test
    void tellHowManyAreWhere() {
        for (int i = 0; i < 6; i++) {
            submit("1");
        }
        service.awaitPublished();
        client.get("/workflow/consume").is(200);
        String done = client.get("/workflow/consume?lease=30").delivery();
        client.post("/workflow/delivery/" + done + "/ack").is(200);
        client.get("/workflow/consume?lease=30").is(200);
        String refused = client.get("/workflow/consume?lease=30").delivery();
        client.post("/workflow/delivery/" + refused + "/nack", "{\"delay\":60}").is(200);
        clock.advance(Duration.ofMillis(12_345));

        assertThat(ofWorkflows())
                .isEqualTo(Map.of(
                        "workflow_workflows{state=\"waiting\"}", 2.0,
                        "workflow_workflows{state=\"delayed\"}", 1.0,
                        "workflow_workflows{state=\"leased\"}", 1.0,
                        "workflow_workflows{state=\"dead\"}", 0.0,
                        "workflow_workflows{state=\"consumed\"}", 2.0,
                        "workflow_outbox", 0.0,
                        "workflow_oldest_age_seconds", 12.345,
                        "workflow_inserted_total", 6.0,
                        "workflow_consumed_total", 2.0,
                        "workflow_database_up", 1.0));
    }

    @Test
    void haveTheirTypes() {
        submit("1");
        Scrape scrape = Scrape.of(client);

        assertThat(scrape.type("workflow_workflows")).isEqualTo("gauge");
        assertThat(scrape.type("workflow_outbox")).isEqualTo("gauge");
        assertThat(scrape.type("workflow_oldest_age_seconds")).isEqualTo("gauge");
        assertThat(scrape.type("workflow_database_up")).isEqualTo("gauge");
        assertThat(scrape.type("workflow_inserted_total")).isEqualTo("counter");
        assertThat(scrape.type("workflow_consumed_total")).isEqualTo("counter");
        assertThat(scrape.type("http_server_request_duration_seconds")).isEqualTo("histogram");
        assertThat(scrape.type("process_cpu_seconds_total")).isEqualTo("counter");
    }

    @Test
    void areThereWhileTheDatabaseIsAway() {
        submit("1");
        service.store.goAway(new Fault.Unavailable("The database is away."));

        assertThat(ofWorkflows())
                .isEqualTo(Map.of(
                        "workflow_inserted_total", 1.0,
                        "workflow_consumed_total", 0.0,
                        "workflow_database_up", 0.0));
        assertThat(Scrape.of(client).requests("POST", 201)).isEqualTo(1);
    }

    @Test
    void hideNoFaultOfTheService() {
        service.store.goAway(new Fault.OutcomeUnknown("No question ends like this.", null));
        client.get("/prometheus").isProblem(503, "outcome-unknown");
    }

    @Test
    void tellOfTheProcess() {
        Scrape scrape = Scrape.of(client);

        assertThat(scrape.value("jvm_memory_used_bytes{area=\"heap\"}")).isBetween(1e6, 1e10);
        assertThat(scrape.value("jvm_memory_used_bytes{area=\"nonheap\"}")).isBetween(1e6, 1e9);
        assertThat(scrape.value("jvm_threads_current")).isBetween(2.0, 10_000.0);
        assertThat(scrape.values().keySet())
                .anyMatch(name -> name.startsWith("jvm_gc_collection_seconds_count{gc=\""))
                .anyMatch(name -> name.startsWith("jvm_gc_collection_seconds_sum{gc=\""));
        ProcessHandle.Info process = ProcessHandle.current().info();
        assertThat(scrape.value("process_cpu_seconds_total"))
                .isBetween(0.1, process.totalCpuDuration().orElseThrow().toMillis() / 1e3 + 1);
        assertThat(scrape.value("process_start_time_seconds"))
                .isBetween(
                        process.startInstant().orElseThrow().getEpochSecond() - 2.0,
                        process.startInstant().orElseThrow().getEpochSecond() + 60.0);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void tellOfTheProcessWhatOnlyLinuxTells() {
        Scrape scrape = Scrape.of(client);

        assertThat(scrape.value("process_resident_memory_bytes")).isBetween(3e7, 1e10);
        assertThat(scrape.value("process_open_fds")).isBetween(5.0, scrape.value("process_max_fds"));
    }

    @Test
    void haveAHeadAndNoParameters() {
        client.get("/prometheus/").is(200).has("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
        Reply head = client.head("/prometheus").is(200).has("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
        assertThat(head.body()).isEmpty();
        assertThat(Integer.parseInt(head.header("Content-Length").orElseThrow()))
                .isGreaterThan(1000);
        client.get("/prometheus?a=1").isProblem(400, "invalid-parameter");
        client.send("POST", "/prometheus", BodyPublishers.noBody()).isProblem(405, "method-not-allowed");
    }

    @Test
    void areInOneFormWhateverIsAccepted() {
        client.get("/prometheus", "Accept", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5")
                .is(200)
                .has("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    }

    @Test
    void countRequestsThatCameBefore() {
        client.get("/workflow").is(200);
        client.get("/workflow").is(200);
        client.get("/nowhere").is(404);
        client.head("/health").is(200);
        client.send("DELETE", "/workflow", BodyPublishers.noBody()).is(405);
        Scrape first = Scrape.of(client);

        assertThat(first.requests("GET", 200)).as("not itself").isEqualTo(2);
        assertThat(first.requests("GET", 404)).isEqualTo(1);
        assertThat(first.requests("HEAD", 200)).isEqualTo(1);
        assertThat(first.requests("DELETE", 405)).isEqualTo(1);
        assertThat(first.requests("GET", 200, "+Inf")).isEqualTo(2);
        assertThat(first.seconds("GET", 200)).isBetween(1e-6, 20.0);
        assertThat(Scrape.of(client).requests("GET", 200)).isEqualTo(3);
    }

    @Test
    void tellRoutesApart() {
        String id = submit("1");
        client.get("/workflow/" + id).is(200);
        client.get("/workflow/" + id + "/").is(200);
        client.get("/workflow/" + id + "/csv?arrays=index").is(200);
        client.get("/workflow?limit=1").is(200);
        client.get("/workflow/consum?lease=1").is(400);
        client.get("/workflow/consume?lease=1&wait=1").is(200);
        client.send("DELETE", "/workflow/" + id, BodyPublishers.noBody()).is(405);
        Scrape scrape = Scrape.of(client);

        assertThat(scrape.requestsOn("/workflow", "POST", 201)).isEqualTo(1);
        assertThat(scrape.requestsOn("/workflow", "GET", 200)).isEqualTo(1);
        assertThat(scrape.requestsOn("/workflow/{UUID}", "GET", 200)).isEqualTo(2);
        assertThat(scrape.requestsOn("/workflow/{UUID}", "GET", 400)).isEqualTo(1);
        assertThat(scrape.requestsOn("/workflow/{UUID}", "DELETE", 405)).isEqualTo(1);
        assertThat(scrape.requestsOn("/workflow/{UUID}/csv", "GET", 200)).isEqualTo(1);
        assertThat(scrape.requestsOn("/workflow/consume", "GET", 200)).isEqualTo(1);
    }

    @Test
    void haveTheRoutesThatAreDescribedAndNoOther() {
        Set<String> described = new HashSet<>();
        for (Description.Operation each :
                new Description(client.get("/openapi.yml").text()).operations()) {
            described.add(each.path());
            client.send(
                    each.method(),
                    each.path().replaceAll("\\{[^}]*}", "0197a0c4-5ee1-7aa2-9d0c-0123456789ab"),
                    BodyPublishers.noBody());
        }

        assertThat(Scrape.of(client).routes()).isEqualTo(described);
    }

    @Test
    void neverShowAPathThatAClientMadeUp() {
        for (String path :
                List.of("/", "//", "/nowhere", "/nowhere/", "/workflow//", "/workflow/a/b", "/docs/a/b", "/health/x")) {
            RawConnection.exchange(service, "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
        }
        Scrape.of(client);

        assertThat(Scrape.of(client).routes()).containsExactly("/prometheus");
    }

    @Test
    void countRequestsThatFollowOneAnotherWithTheirOwnTimes() {
        try (RawConnection connection = new RawConnection(service)) {
            connection.send("GET /workflow/consume?wait=1 HTTP/1.1\r\nHost: a\r\n\r\n"
                    + "HEAD /nowhere HTTP/1.1\r\nHost: a\r\n\r\n" + "what?\r\n\r\n");
            connection.reply().is(204);
            connection.replyToHead().is(404);
            connection.reply().is(400);
        }
        Eventually.holds("all are counted", () -> Scrape.of(client).requests("_OTHER", 400) == 1);

        Scrape scrape = Scrape.of(client);
        assertThat(scrape.requests("GET", 204)).isEqualTo(1);
        assertThat(scrape.requests("GET", 204, "0.75")).isZero();
        assertThat(scrape.requests("GET", 204, "10.0")).isEqualTo(1);
        assertThat(scrape.requests("HEAD", 404)).isEqualTo(1);
    }

    @Test
    void countAnAnswerThatWasCut() {
        GeneratedRepository repository =
                new GeneratedRepository(5_000, "\"" + "x".repeat(1_000) + "\"").failingAt(3_000);
        try (TestService cutting = TestService.start(store -> repository);
                Client other = new Client(cutting);
                RawConnection connection = new RawConnection(cutting)) {
            connection.send("GET /workflow HTTP/1.1\r\nHost: a\r\n\r\n").rest();

            AtomicInteger scrapes = new AtomicInteger();
            Eventually.holds(
                    "it is counted beside the scrapes before",
                    () -> Scrape.of(other).requests("GET", 200) == scrapes.getAndIncrement() + 1);
        }
    }

    @Test
    void namesThatAreNoMethodsAreOneSeries() {
        for (String method : new String[] {"BREW", "get", "GETS"}) {
            RawConnection.exchange(service, method + " /workflow HTTP/1.1\r\nHost: a\r\n\r\n")
                    .is(405);
        }
        Eventually.holds("all are counted", () -> Scrape.of(client).requests("_OTHER", 405) == 3);
        assertThat(Scrape.of(client).values().keySet())
                .noneMatch(name -> name.contains("BREW") || name.contains("\"get\""));
    }
}
