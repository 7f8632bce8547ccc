package dev.workflow.rest;

import java.util.Map;
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
        client.get(WORKFLOW).isProblem(503, "unavailable").has("Retry-After", "1");
        client.get(WORKFLOW + "/csv").isProblem(503, "unavailable");
        client.get("/workflow").isProblem(503, "unavailable");
        client.get("/workflow?limit=1").isProblem(503, "unavailable");
        client.head("/workflow").is(503);
    }

    @Test
    void whatChangesSomethingMayHaveBeenDone() {
        client.post("/workflow", "{\"data\":1}")
                .isProblem(503, "outcome-unknown")
                .hasNo("Retry-After");
        client.patch(WORKFLOW, "{\"status\":\"consumed\"}").isProblem(503, "outcome-unknown");
    }

    @Test
    void whatNeedsNothingIsStillAnswered() {
        client.post("/workflow", "{").isProblem(400, "malformed-json");
        client.get("/health/liveness").is(200);
    }
}
