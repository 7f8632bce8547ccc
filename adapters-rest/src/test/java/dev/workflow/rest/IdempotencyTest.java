package dev.workflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.Eventually;
import dev.workflow.domain.Fault;
import dev.workflow.domain.StateName;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A request that is sent again is done once. */
final class IdempotencyTest extends ClockedServiceTest {
    private static final String KEY = "Idempotency-Key";
    private static final String CONSUMED = "{\"status\":\"consumed\"}";

    private static void isReplayOf(Reply first, Reply again) {
        first.hasNo("Idempotent-Replayed");
        again.is(first.status()).has("Idempotent-Replayed", "true");
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.lastingHeaders()).isEqualTo(first.lastingHeaders());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"data\": 1}", "[{\"data\":1},{\"data\":2,\"steps\":[\"a\"]}]"})
    void aSubmissionIsStoredOnce(String body) {
        Reply first = client.post("/workflow", body, KEY, "k").is(201);
        long stored = client.get("/workflow").workflows();
        client.get(CONSUME).is(200);
        clock.advance(Duration.ofHours(23));

        isReplayOf(first, client.post("/workflow/", body, KEY, "k"));
        assertThat(client.get("/workflow").workflows()).isEqualTo(stored);
    }

    @Test
    void aConsumeTakesOnceWhicheverMethodAsks() {
        submit("{\"a\":1}");
        submit("{\"a\":2}");
        Reply first = client.get(CONSUME + "?max=1", KEY, "k").is(200).hasNo("Workflow-Delivery-State");

        Reply again = client.send("POST", CONSUME + "/?max=1", BodyPublishers.noBody(), KEY, "k");
        isReplayOf(first, again.has("Workflow-Delivery-State", "final"));
        client.get(CONSUME).is(200).says("2");
        client.get(CONSUME).is(204);
    }

    @Test
    void aConsumeWhoseWorkflowsWereRemovedSinceIsNoEmptyQueue() {
        submit("1");
        client.get(CONSUME, KEY, "k").is(200);
        clock.advance(Duration.ofMinutes(1));
        assertThat(service.store.purge(StateName.CONSUMED, Duration.ofSeconds(1), 10))
                .isEqualTo(1);

        client.get(CONSUME, KEY, "k").isProblem(404, "unknown-delivery").says("removed");
    }

    @Test
    void aReplayTellsWhetherItsLeaseStillLives() {
        submit("1");
        Reply first = client.get(CONSUME + "?lease=30", KEY, "k").is(200);
        isReplayOf(first, client.get(CONSUME + "?lease=30", KEY, "k").has("Workflow-Delivery-State", "leased"));
        clock.advance(Duration.ofSeconds(30));
        service.endLeases();
        isReplayOf(first, client.get(CONSUME + "?lease=30", KEY, "k").has("Workflow-Delivery-State", "expired"));
    }

    @Test
    void aReplayTellsThatStatusChangesTookAllWorkflowsOfItsLease() {
        String id = submit("1");
        Reply first = client.get(CONSUME + "?lease=30", KEY, "k").is(200);
        client.patch("/workflow/" + id, "{\"status\":\"consumed\"}").is(200);
        isReplayOf(first, client.get(CONSUME + "?lease=30", KEY, "k").has("Workflow-Delivery-State", "expired"));
    }

    @Test
    void anAnswerWithNothingIsNotKept() {
        client.get(CONSUME, KEY, "k").is(204);
        String id = submit("1");
        client.get(CONSUME, KEY, "k").is(200).has("Workflow-UUID", id).hasNo("Idempotent-Replayed");
    }

    @Test
    void aRefusalIsNotKept() {
        client.post("/workflow", "{}", KEY, "k").is(400);
        client.post("/workflow", "{\"data\":1}", KEY, "k").is(201).hasNo("Idempotent-Replayed");
        client.patch("/workflow/" + UNKNOWN, CONSUMED, KEY, "p").is(404);
        client.patch("/workflow/" + UNKNOWN, CONSUMED, KEY, "p").is(404);
    }

    @Test
    void aChangeIsMadeOnce() {
        String target = "/workflow/" + submit("1");
        Reply first = client.patch(target, CONSUMED, KEY, "k", "If-Match", "\"1\"")
                .is(200)
                .has("ETag", "\"2\"");
        client.patch(target, "{\"status\":\"inserted\"}").is(200);

        isReplayOf(first, client.patch(target + "/", CONSUMED, KEY, "k", "If-Match", "\"1\""));
        client.get(target).says("\"status\":\"inserted\"");
        client.patch(target, CONSUMED, KEY, "other", "If-Match", "\"1\"").isProblem(412, "precondition-failed");
    }

    @Test
    void aRedriveIsDoneOnce() {
        Reply first = client.post("/workflow/dead/redrive", "{\"all\":true}", KEY, "k")
                .is(200);
        isReplayOf(first, client.post("/workflow/dead/redrive", "{\"all\":true}", KEY, "k"));
        client.post("/workflow/dead/redrive", "{\"all\": true}", KEY, "k").isProblem(422, "idempotency-key-reused");
    }

    @Test
    void anotherRequestNeedsAnotherKey() {
        submit("1");
        client.get(CONSUME + "?max=2", KEY, "k", "Accept", "text/csv").is(200);

        String slug = "idempotency-key-reused";
        client.get(CONSUME + "?max=3", KEY, "k", "Accept", "text/csv").isProblem(422, slug);
        client.get(CONSUME + "?max=2&header=true", KEY, "k", "Accept", "text/csv")
                .isProblem(422, slug);
        client.get(CONSUME + "?max=2", KEY, "k", "Accept", "application/json").isProblem(422, slug);
        client.get(CONSUME + "?max=2", KEY, "k").isProblem(422, slug);
        client.post("/workflow", "{\"data\":1}", KEY, "k", "Accept", "text/csv").isProblem(422, slug);
        client.get(CONSUME + "?max=2", KEY, "k", "Accept", "text/csv").is(200).has("Idempotent-Replayed", "true");
    }

    @Test
    void anotherBodyOrPathOrMethodIsAnotherRequest() {
        String one = submit("1");
        String other = submit("2");
        client.post("/workflow", "{\"data\":1}", KEY, "s").is(201);
        client.post("/workflow", "{\"data\":1 }", KEY, "s")
                .isProblem(422, "idempotency-key-reused")
                .says("Take a new one.");
        client.patch("/workflow/" + one, CONSUMED, KEY, "p").is(200);
        client.patch("/workflow/" + other, CONSUMED, KEY, "p").isProblem(422, "idempotency-key-reused");
        client.get("/workflow/" + other).says("\"status\":\"inserted\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "abc      | \"abc\"",
                "a\"b     | \"a\\\"b\"",
                "a\\b     | \"a\\\\b\"",
                "!~       | \"!~\"",
            })
    void aQuotedKeyIsTheSameAsABareOne(String bare, String quoted) {
        client.post("/workflow", "{\"data\":1}", KEY, bare).is(201);
        client.post("/workflow", "{\"data\":1}", KEY, quoted).is(201).has("Idempotent-Replayed", "true");
    }

    @Test
    void aKeyMayHave255Characters() {
        client.post("/workflow", "{\"data\":1}", KEY, "k".repeat(255)).is(201);
        client.post("/workflow", "{\"data\":1}", KEY, "\"" + "k".repeat(255) + "\"")
                .has("Idempotent-Replayed", "true");
        client.post("/workflow", "{\"data\":1}", KEY, "k".repeat(256)).isProblem(400, "invalid-parameter");
        client.post("/workflow", "{\"data\":1}", KEY, "\"" + "k".repeat(256) + "\"")
                .isProblem(400, "invalid-parameter");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\"\"", "\"", "\"a", "\"a\"b\"", "\"a\\b\"", "a b", "\"a b\"", "k\u00e9", "a\tb", "\"a\";b=1"
            })
    void aKeyOfAnotherKindIsRefusedWhereverKeysAreTaken(String key) {
        String header = KEY + ": " + key + "\r\n";
        String id = submit("1");
        for (String head : new String[] {
            "POST /workflow",
            "POST " + CONSUME,
            "GET " + CONSUME,
            "PATCH /workflow/" + id,
            "POST /workflow/dead/redrive"
        }) {
            String raw = head + " HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n" + header + "\r\n";
            RawConnection.exchange(service, raw)
                    .isProblem(400, "invalid-parameter")
                    .says(KEY);
        }
        client.get("/workflow/" + id).says("\"state\":\"waiting\"");
    }

    @Test
    void aKeyIsGivenOnce() {
        client.post("/workflow", "{\"data\":1}", KEY, "a", KEY, "a")
                .isProblem(400, "invalid-parameter")
                .says("twice");
    }

    @Test
    void anOldKeyIsForgotten() {
        client.post("/workflow", "{\"data\":1}", KEY, "k").is(201);
        clock.advance(Duration.ofHours(24));
        client.post("/workflow", "{\"data\":2}", KEY, "k").is(201).hasNo("Idempotent-Replayed");
    }

    @Test
    void theSecondWaitsForTheFirst() {
        StuckRepository[] stuck = new StuckRepository[1];
        try (TestService slow = TestService.start(store -> stuck[0] = new StuckRepository(store));
                RawConnection one = new RawConnection(slow);
                RawConnection two = new RawConnection(slow)) {
            String raw = "POST /workflow HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n" + KEY
                    + ": k\r\nContent-Length: 10\r\n\r\n{\"data\":1}";
            one.send(raw);
            Eventually.holds("the first is under way", () -> stuck[0].count() == 1);
            two.send(raw);
            stuck[0].letGo();
            isReplayOf(one.reply().is(201), two.reply());
        }
    }

    @Test
    void aRepeatedLongPollTakesThePlaceOfTheFirst() {
        String wait = "GET /workflow/consume?wait=20 HTTP/1.1\r\nHost: a\r\n" + KEY + ": k\r\n\r\n";
        try (RawConnection one = new RawConnection(service);
                RawConnection two = new RawConnection(service)) {
            one.send(wait);
            service.awaitWaiting(1);
            two.send(wait);
            one.reply()
                    .isProblem(409, "request-in-progress")
                    .has("Retry-After", "1")
                    .says("after the seconds in Retry-After");

            String id = submit("1");
            two.reply().is(200).has("Workflow-UUID", id).hasNo("Idempotent-Replayed");
        }
    }

    @Test
    void anotherRequestDoesNotDisturbALongPollWithItsKey() {
        String wait = "GET /workflow/consume?wait=20 HTTP/1.1\r\nHost: a\r\nAccept: */*\r\n" + KEY + ": k\r\n\r\n";
        try (RawConnection waiting = new RawConnection(service)) {
            waiting.send(wait);
            service.awaitWaiting(1);
            for (String target : new String[] {CONSUME, CONSUME + "?wait=19", CONSUME + "?wait=20&lease=30"}) {
                client.get(target, KEY, "k", "Accept", "*/*").isProblem(422, "idempotency-key-reused");
                client.send("POST", target, BodyPublishers.noBody(), KEY, "k", "Accept", "*/*")
                        .isProblem(422, "idempotency-key-reused");
            }
            client.get(CONSUME + "?wait=20", KEY, "k", "Accept", "text/csv").isProblem(422, "idempotency-key-reused");
            client.post("/workflow", "{\"data\":1}", KEY, "k").isProblem(422, "idempotency-key-reused");
            client.patch("/workflow/" + UNKNOWN, CONSUMED, KEY, "k").isProblem(422, "idempotency-key-reused");
            client.post("/workflow/dead/redrive", "{\"all\":true}", KEY, "k").isProblem(422, "idempotency-key-reused");

            String id = submit("1");
            waiting.reply().is(200).has("Workflow-UUID", id).hasNo("Idempotent-Replayed");
        }
    }

    @Test
    void whatFailedCanBeDoneUnderItsKey() {
        service.store.goAway(new Fault.Unavailable("The database is away."));
        client.post("/workflow", "{\"data\":1}", KEY, "k").isProblem(503, "unavailable");
        service.store.goAway(null);
        client.post("/workflow", "{\"data\":1}", KEY, "k").is(201).hasNo("Idempotent-Replayed");
    }

    @Test
    void otherEndpointsPassKeysOver() {
        for (String target : new String[] {"/workflow", "/workflow/" + submit("1"), "/workflow/stats"}) {
            client.get(target, KEY, "k").is(200);
            client.get(target, KEY, "k").is(200).hasNo("Idempotent-Replayed");
        }
        client.post("/workflow/csv/preview", "[1]", KEY, "k").is(200);
        client.post("/workflow/csv/preview", "[2]", KEY, "k").is(200);
    }
}
