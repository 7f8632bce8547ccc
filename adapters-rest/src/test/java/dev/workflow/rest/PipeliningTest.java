package dev.workflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.Eventually;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that follow one another on a connection without waiting for answers. */
final class PipeliningTest extends ServiceTest {
    private static final String POLL = "GET /workflow/consume?wait=20 HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String LIST = "GET /workflow HTTP/1.1\r\nHost: a\r\n\r\n";

    private static String post(String body) {
        return "POST /workflow HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
    }

    private static String get(String id) {
        return "GET /workflow/" + id + " HTTP/1.1\r\nHost: a\r\n\r\n";
    }

    @Test
    void areAnsweredInTheirOrder() {
        try (RawConnection connection = new RawConnection(service)) {
            connection.send(RawConnection.PING + get("x") + RawConnection.PING + get(UNKNOWN));
            connection.reply().is(200);
            connection.reply().isProblem(400, "invalid-uuid");
            connection.reply().is(200);
            connection.reply().isProblem(404, "unknown-workflow");
        }
    }

    @Test
    void eachFindsWhatTheOneBeforeDid() {
        startAgain();
        try (RawConnection connection = new RawConnection(service)) {
            connection.send(post("{\"data\":1}") + LIST + post("{\"data\":2}") + LIST);
            for (int stored = 1; stored <= 2; stored++) {
                connection.reply().is(201);
                assertThat(connection.reply().is(200).workflows()).isEqualTo(stored);
            }
        }
    }

    @Test
    void manyInOnePieceAreAllAnswered() throws InterruptedException {
        startAgain();
        int many = 2000;
        try (RawConnection connection = new RawConnection(service)) {
            Thread sender = Thread.startVirtualThread(
                    () -> connection.send(post("{\"data\":1}").repeat(many)));
            for (int i = 0; i < many; i++) {
                connection.reply().is(201).hasNo("Connection");
            }
            sender.join();
        }
        assertThat(client.get("/workflow").workflows()).isEqualTo(many);
    }

    @Test
    void areNotAnsweredAheadOfWhatTheirClientReads() {
        StuckRepository[] counting = new StuckRepository[1];
        try (TestService large = TestService.start(store -> counting[0] = new StuckRepository(store));
                RawConnection connection = new RawConnection(large)) {
            counting[0].letGo();
            String get = get(large.store("\"" + "x".repeat(900_000) + "\"").toString());
            int many = 100;
            connection.send(get.repeat(many));
            // as many one by one, which takes longer
            for (int other = 0; other < many; other++) {
                RawConnection.exchange(large, get).is(200);
            }
            assertThat(counting[0].count() - many)
                    .as("more than what fits between the two")
                    .isLessThan(many / 2);
            for (int read = 0; read < many; read++) {
                connection.reply().is(200);
            }
        }
    }

    @Test
    void allBeforeAMalformedOneAreAnsweredFirst() {
        String id = submit("1");
        try (RawConnection connection = new RawConnection(service)) {
            connection.send(get(id) + get(id) + RawConnection.PING + "what?\r\n\r\n" + RawConnection.PING);
            connection.reply().is(200).says(id).hasNo("Connection");
            connection.reply().is(200).says(id).hasNo("Connection");
            connection.reply().is(200).hasNo("Connection");
            connection.reply().isProblem(400, "malformed-request").has("Connection", "close");
            assertThat(connection.rest()).isEmpty();
        }
    }

    @Test
    void oneWhoseBodyIsStillComingIsTakenInTurn() {
        startAgain();
        String post = post("{\"data\":22}");
        try (RawConnection connection = new RawConnection(service)) {
            connection.send(POLL + post.substring(0, post.length() - 5));
            service.awaitWaiting(1);
            submit("1");
            connection.reply().is(200).says("1");
            connection.send(post.substring(post.length() - 5) + LIST);
            connection.reply().is(201);
            connection.reply().is(200).says("22");
        }
    }

    @Test
    void theTimeOfOneBeginsWhenItIsItsTurn() {
        try (TestService impatient = TestService.start(Map.of("workflow.rest.request-timeout", "300ms"));
                Client other = new Client(impatient)) {
            for (String begun : new String[] {"GET /wo", post("{\"data\":1}").replace(":1}", ":")}) {
                try (RawConnection connection = new RawConnection(impatient)) {
                    connection.send(POLL + RawConnection.PING + begun);
                    impatient.awaitWaiting(1);
                    other.post("/workflow", "{\"data\":1}").is(201);
                    connection.reply().is(200);
                    connection.reply().is(200);
                    connection.reply().isProblem(408, "request-timeout");
                    assertThat(connection.rest()).isEmpty();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HEAD /workflow HTTP/1.1\r\n",
                "HEAD / HTTP/1.0\r\n",
                "HEAD / HTTP/1.0\r\nConnection: keep-alive\r\n"
            })
    void nothingIsDoneBehindAnAnswerThatEndsTheConnection(String head) {
        startAgain();
        try (RawConnection connection = new RawConnection(service)) {
            connection.send(head + "Host: a\r\n\r\n" + post("{\"data\":1}"));
            connection.replyToHead().has("Connection", "close");
            assertThat(connection.rest()).isEmpty();
        }
        assertThat(client.get("/workflow").text()).isEqualTo("[]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.0\r\nX: y", "HTTP/1.1\r\nConnection: close"})
    void theLastAnswerArrivesWhateverIsSentBehindIt(String version) {
        String get = get(service.store("\"" + "x".repeat(900_000) + "\"").toString());
        try (RawConnection connection = new RawConnection(service)) {
            connection.send(get.replace("HTTP/1.1", version) + RawConnection.PING.repeat(20_000));
            connection.reply().is(200).has("Connection", "close");
            assertThat(connection.rest()).isEmpty();
        }
    }

    @Test
    void whatIsDoneIsToldByOneThatDrainsHoweverLateItIsRead() {
        try (TestService stopping = TestService.start(Map.of());
                Client other = new Client(stopping);
                RawConnection connection = new RawConnection(stopping)) {
            String posts = post("{\"data\":1}").repeat(100_000);
            Thread.startVirtualThread(() -> connection.send(posts));
            Eventually.holds("many are stored", () -> other.get("/workflow").workflows() > 2000);
            stopping.lifecycle.drain();
            String answers = new String(connection.rest(), StandardCharsets.US_ASCII);
            long told = answers.split("HTTP/1.1 201 ", -1).length - 1;
            assertThat(told).isEqualTo(other.get("/workflow").workflows());
        }
    }
}
