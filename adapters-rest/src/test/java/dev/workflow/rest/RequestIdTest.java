package dev.workflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestIdTest extends ServiceTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "5f2c-11.22_33~44:55/66+77=", "\"quoted\"", "01976e6f-9a1b-7c3d-8e4f-5a6b7c8d9e0f"})
    void isEchoed(String id) {
        client.get("/health/liveness", "X-Request-Id", id).has("X-Request-Id", id);
        client.get("/nothing", "X-Request-Id", id)
                .isProblem(404, "unknown-path")
                .has("X-Request-Id", id);
        client.post("/workflow", "{").isProblem(400, "malformed-json");
        client.get("/workflow", "X-Request-Id", id).has("X-Request-Id", id);
    }

    @Test
    void isMadeWhenAbsentAndDiffersEachTime() {
        String first = client.get("/health/liveness").header("X-Request-Id").orElseThrow();
        String second = client.get("/health/liveness").header("X-Request-Id").orElseThrow();

        assertThat(first).matches("[0-9a-f]{32}").isNotEqualTo(second);
    }

    @Test
    void isEchoedAsItIs() {
        for (String id : List.of("a b c", "a\tb", "\u00e4\u0080c", "x".repeat(4000))) {
            RawConnection.exchange(service, "GET /nothing HTTP/1.1\r\nHost: a\r\nX-Request-Id: " + id + "\r\n\r\n")
                    .has("X-Request-Id", id);
        }
    }

    @Test
    void isMadeInPlaceOfOneThatIsEmptyOrMayNotBeSentBack() {
        for (String id : List.of("", " ", "a\u0007b")) {
            assertThat(RawConnection.exchange(
                                    service, "GET /nothing HTTP/1.1\r\nHost: a\r\nX-Request-Id: " + id + "\r\n\r\n")
                            .header("X-Request-Id")
                            .orElseThrow())
                    .matches("[0-9a-f]{32}");
        }
    }

    @Test
    void belongsToItsOwnAnswerWhenRequestsFollowOneAnother() {
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            requests.append("GET /workflow/" + UNKNOWN + " HTTP/1.1\r\nHost: a\r\nX-Request-Id: id-" + i + "\r\n\r\n");
        }
        try (RawConnection connection = new RawConnection(service)) {
            connection.send(requests + "what?\r\nX-Request-Id: lost\r\n\r\n");
            for (int i = 0; i < 10; i++) {
                connection.reply().isProblem(404, "unknown-workflow").has("X-Request-Id", "id-" + i);
            }
            connection.reply().isProblem(400, "malformed-request");
        }
    }
}
