package dev.workflow.bootstrap.jar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.Eventually;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM, as orchestrators send it: load balancers are sent away, whoever is here is answered, and the process ends. */
@Timeout(300)
class TerminateIT {
    private static final int TERMINATED = 128 + 15;
    private static final String HEAD =
            "POST /workflow HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n";

    @TempDir
    private Path folder;

    @Test
    void answersWhoeverIsHereAndEnds() throws IOException {
        try (RunningJar service =
                        RunningJar.start(folder, Map.of("DRAIN_DELAY", "5s")).awaitListening();
                Socket underWay = connect(service)) {
            send(underWay, HEAD + "{\"dat");
            service.terminate();
            Eventually.holds("load balancers are sent away", () -> isSentAway(service));

            assertThat(closing(service.post("/workflow", "{\"data\":1}")).statusCode())
                    .isEqualTo(201);
            HttpResponse<String> nothing = closing(service.get("/workflow/consume"));
            assertThat(nothing.statusCode()).isEqualTo(204);
            assertThat(nothing.headers().firstValue("Retry-After")).isPresent();
            send(underWay, "a\":2}");
            assertThat(rest(underWay)).startsWith("HTTP/1.1 201 ").containsIgnoringCase("\r\nConnection: close\r\n");
            assertThat(service.awaitEnd()).isEqualTo(TERMINATED);
            assertThat(service.output())
                    .containsSubsequence("Draining.", "Stopped.")
                    .doesNotContain("Exception", "\tat ");
        }
    }

    private static Socket connect(RunningJar service) throws IOException {
        URI uri = URI.create(service.uri());
        return new Socket(uri.getHost(), uri.getPort());
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** What comes until the other side closes. */
    private static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static boolean isSentAway(RunningJar service) {
        return service.get("/health/readiness").statusCode() == 503;
    }

    private static HttpResponse<String> closing(HttpResponse<String> response) {
        assertThat(response.headers().firstValue("Connection")).hasValue("close");
        return response;
    }
}
