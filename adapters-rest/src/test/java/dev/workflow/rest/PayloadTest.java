package dev.workflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PayloadTest extends ServiceTest {
    private static final int LIMIT = 1_048_576;
    private static final String HEAD = "POST /workflow HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";

    @BeforeEach
    void empty() {
        startAgain();
    }

    private static byte[] workflowOf(int bytes) {
        String wrapper = "{\"data\":\"\"}";
        return wrapper.replace("\"\"", "\"" + "x".repeat(bytes - wrapper.length()) + "\"")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private Reply declared(byte[] body) {
        return client.send("POST", "/workflow", BodyPublishers.ofByteArray(body), Client.JSON);
    }

    private Reply chunked(byte[] body) {
        return client.send(
                "POST", "/workflow", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)), Client.JSON);
    }

    private void nothingIsStored() {
        assertThat(client.get("/workflow").text()).isEqualTo("[]");
    }

    @Test
    void aMegabyteIsTaken() {
        assertThat(declared(workflowOf(LIMIT)).is(201).body().length).isGreaterThan(LIMIT);
        chunked(workflowOf(LIMIT)).is(201);
    }

    @Test
    void oneByteMoreIsNot() {
        declared(workflowOf(LIMIT + 1)).isProblem(413, "payload-too-large");
        chunked(workflowOf(LIMIT + 1)).isProblem(413, "payload-too-large");
        nothingIsStored();
    }

    @Test
    void anArrayIsNotEither() {
        String array = "[" + "{\"data\":\"0123456789\"},".repeat(48_000) + "{\"data\":1}]";
        declared(array.getBytes(StandardCharsets.US_ASCII)).isProblem(413, "payload-too-large");
        nothingIsStored();
    }

    @Test
    void theOtherBodiesAreNotEither() {
        byte[] large = workflowOf(LIMIT + 1);
        for (String target : new String[] {"/workflow/csv/preview", "/workflow/consume"}) {
            client.send("POST", target, BodyPublishers.ofByteArray(large), Client.JSON)
                    .isProblem(413, "payload-too-large");
        }
        client.send("PATCH", "/workflow/" + UNKNOWN, BodyPublishers.ofByteArray(large), Client.JSON)
                .isProblem(413, "payload-too-large");
    }

    @Test
    void whatIsDeclaredTooLargeIsRefusedBeforeItIsSent() {
        try (RawConnection connection = new RawConnection(service)) {
            connection.send(HEAD + "Content-Length: 1048577\r\n\r\n");
            connection.reply().isProblem(413, "payload-too-large");
        }
        try (RawConnection connection = new RawConnection(service)) {
            connection.send(HEAD + "Expect: 100-continue\r\nContent-Length: 99999999999\r\n\r\n");
            connection.reply().isProblem(413, "payload-too-large");
        }
        nothingIsStored();
    }

    @Test
    void aClientThatWaitsForAGoAheadGetsOne() {
        try (RawConnection connection = new RawConnection(service)) {
            connection.send(HEAD + "Expect: 100-continue\r\nContent-Length: 10\r\n\r\n");
            assertThat(connection.reply().status()).isEqualTo(100);
            connection.send("{\"data\":1}");
            connection.reply().is(201);
            connection.send(RawConnection.PING);
            connection.reply().is(200);
        }
    }

    /** Nobody knows whether the body comes after all. */
    @Test
    void aClientThatWaitsForAGoAheadAndGetsAnAnswerStartsAnew() {
        for (String target : new String[] {"/nowhere", "/workflow?x=1", "/health/liveness"}) {
            try (RawConnection connection = new RawConnection(service)) {
                connection.send(
                        "POST " + target + " HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n");
                assertThat(connection.reply().header("Connection")).as(target).contains("close");
                assertThat(connection.rest()).isEmpty();
            }
        }
    }

    @Test
    void theConnectionGoesOnAfterAnUnreadBody() {
        try (RawConnection connection = new RawConnection(service)) {
            connection.send(HEAD + "Content-Length: 2000000\r\n\r\n");
            connection.reply().isProblem(413, "payload-too-large");
            connection.send("x".repeat(2_000_000) + RawConnection.PING);
            connection.reply().is(200);
        }
    }

    @Test
    void manySmallChunksAreOneBody() {
        StringBuilder chunks = new StringBuilder(HEAD + "Transfer-Encoding: chunked\r\n\r\n");
        "{\"data\":{\"a\" : 1.0}}"
                .chars()
                .forEach(each -> chunks.append("1\r\n").append((char) each).append("\r\n"));
        try (RawConnection connection = new RawConnection(service)) {
            connection.send(chunks + "0\r\n\r\n");
            connection.reply().is(201).says("\"data\":{\"a\" : 1.0},");
        }
    }

    @Test
    void aBodyInPiecesIsOneBody() {
        byte[] body = workflowOf(LIMIT);
        try (RawConnection connection = new RawConnection(service)) {
            connection.send(HEAD + "Content-Length: " + LIMIT + "\r\n\r\n");
            for (int start = 0; start < LIMIT; start += 65_536) {
                connection.send(Arrays.copyOfRange(body, start, start + 65_536));
            }
            connection.reply().is(201);
        }
    }
}
