package dev.workflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.Eventually;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists that nobody fetches must not fill the memory, and those that are done with must not keep others out. */
@Timeout(120)
class ReadingTurnsTest {
    private static final String LARGE = "\"" + "x".repeat(1_000_000) + "\"";
    /** More than buffers of the connection take. */
    private static final int MANY = 12;

    /** Room for one, and for no second beside it. */
    private final TestService service =
            TestService.start(Map.of("workflow.lists.mebibytes", 2 * ReadingTurns.STREAM_MIB - 1));

    private final Client client = new Client(service);

    @AfterEach
    void close() {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/workflow", "/workflow?limit=1", "/workflow/dead"})
    void whoeverIsOneTooManyIsToldToComeAgain(String target) {
        for (int i = 0; i < MANY; i++) {
            client.post("/workflow", "{\"data\":" + LARGE + "}").is(201);
        }
        try (RawConnection unread = new RawConnection(service)) {
            unread.send("GET /workflow HTTP/1.1\r\nHost: a\r\n\r\n");
            Eventually.holds("there is no room", () -> client.get(target).status() == 503);
            assertThat(client.get(target).isProblem(503, "overloaded").header("Retry-After"))
                    .isPresent();
            client.get("/workflow/stats").is(200);
        }
        Eventually.holds("there is room again", () -> client.get(target).status() == 200);
    }

    @Test
    void aDeliveryThatIsFetchedTakesItsTurnToo() {
        for (int i = 0; i < MANY; i++) {
            client.post("/workflow", "{\"data\":" + LARGE + "}").is(201);
        }
        String delivery = client.get("/workflow/consume")
                .is(200)
                .header("Content-Location")
                .orElseThrow();
        try (RawConnection unread = new RawConnection(service)) {
            unread.send("GET /workflow HTTP/1.1\r\nHost: a\r\n\r\n");
            Eventually.holds("there is no room", () -> client.get(delivery).status() == 503);
            client.get(delivery).isProblem(503, "overloaded");
        }
        Eventually.holds("there is room again", () -> client.get(delivery).status() == 200);
        for (int i = 0; i < 3; i++) {
            client.get(delivery).is(200);
            client.get(delivery + "1").is(400);
        }
    }

    @Test
    void whatIsDoneWithLeavesRoom() {
        client.post("/workflow", "{\"data\":1}").is(201);
        for (int i = 0; i < 3; i++) {
            for (String target : List.of("/workflow", "/workflow?limit=1", "/workflow/dead")) {
                client.get(target).is(200);
                client.head(target).is(200);
                client.get(target + (target.contains("?") ? "&" : "?") + "contains=%7B")
                        .is(400);
            }
        }
    }

    /** The connection stays, so it does not end the turn. */
    @Test
    void aListThatFailsLeavesRoom() {
        TestService failing = TestService.start(
                store -> new BrokenRepository(), Map.of("workflow.lists.mebibytes", ReadingTurns.PAGE_MIB));
        try (failing) {
            Client other = new Client(failing);
            for (int i = 0; i < 3; i++) {
                other.get("/workflow").is(500);
                other.get("/workflow?limit=1").is(500);
            }
        }
    }

    @Test
    void aListWhoseReaderLeavesBeforeItsFirstPageLeavesRoom() {
        StuckRepository[] stuck = new StuckRepository[1];
        TestService slow = TestService.start(
                store -> stuck[0] = new StuckRepository(store),
                Map.of("workflow.lists.mebibytes", ReadingTurns.STREAM_MIB));
        try (slow) {
            Client other = new Client(slow);
            try (RawConnection leaving = new RawConnection(slow)) {
                leaving.send("GET /workflow HTTP/1.1\r\nHost: a\r\n\r\n");
                Eventually.holds("it has its turn", () -> stuck[0].count() == 1);
                other.get("/workflow").isProblem(503, "overloaded");
            }
            CompletableFuture<Reply> next = CompletableFuture.supplyAsync(() -> other.get("/workflow"));
            Eventually.holds("the next one has its turn", () -> stuck[0].count() == 2);
            stuck[0].letGo();
            next.join().is(200);
        }
    }
}
