package dev.workflow.rest;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The head of an answer comes in time, even when what it waits for does not. */
final class AnswerTimeoutTest {
    private static final String WORKFLOW = "/workflow/" + ServiceTest.UNKNOWN;

    private final StuckRepository[] stuck = new StuckRepository[1];
    private TestService service;
    private Client client;

    @BeforeEach
    void start() {
        service = TestService.start(
                store -> stuck[0] = new StuckRepository(store), Map.of("workflow.rest.answer-timeout", "200ms"));
        client = new Client(service);
    }

    @AfterEach
    void stop() {
        stuck[0].letGo();
        client.close();
        service.close();
    }

    @Test
    void whatOnlyReadsWasCertainlyNotDone() {
        client.get(WORKFLOW)
                .isProblem(503, "unavailable")
                .has("Retry-After", "1")
                .says("Nothing was done; send it again after the seconds in Retry-After.");
        client.get(WORKFLOW + "/csv").isProblem(503, "unavailable");
        client.get("/workflow").isProblem(503, "unavailable");
        client.get("/workflow?limit=1").isProblem(503, "unavailable");
        client.head("/workflow").is(503);
    }

    @Test
    void whatChangesSomethingMayHaveBeenDone() {
        client.post("/workflow", "{\"data\":1}")
                .isProblem(503, "outcome-unknown")
                .hasNo("Retry-After")
                .says("With an Idempotency-Key, send it again");
        client.patch(WORKFLOW, "{\"status\":\"consumed\"}").isProblem(503, "outcome-unknown");
    }

    @Test
    void whoWasToldThatItTakesTooLongGetsNothingLater() {
        StuckDeliveries[] late = new StuckDeliveries[1];
        try (TestService slow = TestService.startWithClaims(
                        store -> late[0] = new StuckDeliveries(store),
                        Map.of("workflow.rest.answer-timeout", "200ms"));
                Client consumer = new Client(slow)) {
            UUID id = slow.store("1");
            slow.awaitPublished();
            consumer.get("/workflow/consume").isProblem(503, "outcome-unknown");

            late[0].letGo();

            consumer.get("/workflow/consume?wait=20")
                    .is(200)
                    .has("Workflow-UUID", id.toString())
                    .has("Workflow-Attempt", "1");
        } finally {
            late[0].letGo();
        }
    }

    @Test
    void whatNeedsNothingIsStillAnswered() {
        StuckRepository[] other = new StuckRepository[1];
        try (TestService patient = TestService.start(store -> other[0] = new StuckRepository(store));
                Client quick = new Client(patient)) {
            quick.post("/workflow", "{").isProblem(400, "malformed-json");
            quick.get("/health/liveness").is(200);
        } finally {
            other[0].letGo();
        }
    }
}
