package dev.workflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.domain.Fault;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Filter;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients see when something behind the service fails. */
final class FaultsTest extends ServiceTest {
    private static final String CONSUMED = "{\"status\":\"consumed\"}";
    private static final String WORKFLOW = "/workflow/" + UNKNOWN;

    @BeforeEach
    void sound() {
        startAgain();
    }

    private void everyRequest(int status, String slug, String... headers) {
        for (Reply reply : new Reply[] {
            client.post("/workflow", "{\"data\":1}"),
            client.post("/workflow", "[{\"data\":1},{\"data\":2}]"),
            client.get("/workflow"),
            client.get("/workflow?limit=1"),
            client.get(WORKFLOW),
            client.get(WORKFLOW + "/csv"),
            client.patch(WORKFLOW, CONSUMED),
            client.get("/workflow/consume"),
        }) {
            reply.isProblem(status, slug);
            if (headers.length == 0) {
                reply.hasNo("Retry-After");
            } else {
                reply.has(headers[0], headers[1]);
            }
        }
        client.head(WORKFLOW).is(status);
    }

    /** And nobody is told what a driver said. */
    @Test
    void unavailableMeansNotDone() {
        service.store.goAway(new Fault.Unavailable("java.sql.SQLException: SELECT secret FROM dev.workflow"));
        everyRequest(503, "unavailable", "Retry-After", "1");
    }

    @Test
    void unavailableSaysWhatIsAwayWhereThatIsKnown() {
        service.store.goAway(Fault.Unavailable.database("SELECT secret", null));
        client.get(WORKFLOW).isProblem(503, "unavailable").says("\"The database is away or busy. ");
        service.store.goAway(Fault.Unavailable.broker("amqp://secret"));
        client.get(WORKFLOW).isProblem(503, "unavailable").says("\"The broker is away or busy. ");
        service.store.goAway(new Fault.Unavailable("secret"));
        client.get(WORKFLOW).isProblem(503, "unavailable").says("\"The database or the broker is away or busy. ");
    }

    @Test
    void overloadedMeansNotDone() {
        service.store.goAway(new Fault.Overloaded("Too many wait."));
        everyRequest(503, "overloaded", "Retry-After", "1");
    }

    @Test
    void outcomeUnknownDoesNotAskForAnotherTry() {
        service.store.goAway(
                new Fault.OutcomeUnknown("The database went away.", new IllegalStateException("SELECT 1")));
        everyRequest(503, "outcome-unknown");
    }

    @Test
    void drainingMeansNotDone() {
        service.submit.close();
        client.post("/workflow", "{\"data\":1}").isProblem(503, "draining").has("Retry-After", "1");
    }

    @Test
    void whatNobodyExpectedTellsNothingOfItsCause() {
        try (TestService broken = TestService.start(store -> new BrokenRepository());
                Client other = new Client(broken)) {
            other.post("/workflow", "{\"data\":1}")
                    .isProblem(500, "internal-error")
                    .says("X-Request-Id")
                    .hasNo("Retry-After");
            other.get("/workflow").isProblem(500, "internal-error");
            other.get("/workflow?limit=1").isProblem(500, "internal-error");
            other.get(WORKFLOW).isProblem(500, "internal-error");
            other.patch(WORKFLOW, CONSUMED).isProblem(500, "internal-error");
            other.get("/health/liveness").is(200);
        }
    }

    @Test
    void whatAClientMadeUpLooksLikeNothingElseInTheLog() {
        List<String> logged = new CopyOnWriteArrayList<>();
        Logger log = Logger.getLogger(FailureHandler.class.getName());
        Filter before = log.getFilter();
        log.setFilter(line -> {
            logged.add(line.getMessage());
            return false;
        });
        try (TestService broken = TestService.start(store -> new BrokenRepository())) {
            RawConnection.exchange(
                            broken,
                            "GET " + WORKFLOW + " HTTP/1.1\r\nHost: a\r\nX-Request-Id: a\tb\u0085INFO c\r\n\r\n")
                    .isProblem(500, "internal-error");
        } finally {
            log.setFilter(before);
        }
        assertThat(logged).containsExactly("Request a?b?INFO?c failed.");
    }
}
