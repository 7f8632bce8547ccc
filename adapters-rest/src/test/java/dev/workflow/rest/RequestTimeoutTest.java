package dev.workflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that begin and do not end. */
final class RequestTimeoutTest extends ServiceTest {
    private static final String POST = "POST /workflow HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";

    @Override
    TestService newService() {
        return TestService.start(Map.of("workflow.rest.request-timeout", "300ms"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "G",
                "GET /workflow HTTP/1.1",
                "GET /workflow HTTP/1.1\r\nHost: a\r\n",
                POST + "Content-Length: 10\r\n\r\n",
                POST + "Content-Length: 10\r\n\r\n{\"data\":1",
                POST + "Transfer-Encoding: chunked\r\n\r\n",
                POST + "Transfer-Encoding: chunked\r\n\r\nA\r\n{\"data\":1}\r\n",
                POST + "Transfer-Encoding: chunked\r\n\r\nA\r\n{\"data\":1}\r\n0\r\n"
            })
    void areAnsweredAndTheConnectionClosed(String part) {
        try (RawConnection connection = new RawConnection(service)) {
            connection.send(part);
            connection
                    .reply()
                    .isProblem(408, "request-timeout")
                    .has("Connection", "close")
                    .says(" 0.3 s ");
            assertThat(connection.rest()).isEmpty();
        }
    }

    @Test
    void areAnsweredAfterOthersOnTheSameConnection() {
        try (RawConnection connection = new RawConnection(service)) {
            connection.send(RawConnection.PING + RawConnection.PING);
            connection.reply().is(200);
            connection.reply().is(200);
            connection.send("GET /work");
            connection.reply().isProblem(408, "request-timeout");
            assertThat(connection.rest()).isEmpty();
        }
    }

    @Test
    void areAnsweredWhenTheyBeganInThePieceOfTheOneBefore() {
        try (RawConnection connection = new RawConnection(service)) {
            connection.send(RawConnection.PING + "GET /work");
            connection.reply().is(200);
            connection.reply().isProblem(408, "request-timeout");
            assertThat(connection.rest()).isEmpty();
        }
    }

    @Test
    void dripsDoNotExtendTheTime() {
        try (RawConnection connection = new RawConnection(service)) {
            connection.send("GET ");
            // The answers on another connection are the beat of the drip.
            while (connection.isSilent()) {
                client.get("/health/liveness").is(200);
                connection.send("/");
            }
            connection.reply().isProblem(408, "request-timeout");
        }
    }

    @Test
    void whatWasAnsweredAlreadyIsOnlyClosed() {
        try (RawConnection connection = new RawConnection(service)) {
            connection.send(POST + "Content-Length: 9999999\r\n\r\nxxx");
            connection.reply().isProblem(413, "payload-too-large");
            assertThat(connection.rest()).isEmpty();
        }
    }

    @Test
    void storeNothing() {
        startAgain();
        try (RawConnection connection = new RawConnection(service)) {
            connection.send(POST + "Transfer-Encoding: chunked\r\n\r\nA\r\n{\"data\":1}\r\n");
            connection.reply().isProblem(408, "request-timeout");
            connection.send("0\r\n\r\n");
            connection.rest();
        }
        assertThat(client.get("/workflow").text()).isEqualTo("[]");
    }

    @Test
    void aSilentConnectionIsClosedWithoutAnAnswer() {
        try (TestService impatient = TestService.start(Map.of("workflow.rest.idle-timeout", "1s"));
                RawConnection fresh = new RawConnection(impatient);
                RawConnection used = new RawConnection(impatient)) {
            used.send(RawConnection.PING);
            used.reply().is(200);
            assertThat(used.rest()).isEmpty();
            assertThat(fresh.rest()).isEmpty();
        }
    }

    @Test
    void aConnectionThatWaitsBetweenRequestsIsLeftAlone() {
        try (RawConnection idle = new RawConnection(service)) {
            idle.send(RawConnection.PING);
            idle.reply().is(200);
            try (RawConnection other = new RawConnection(service)) {
                other.send("G");
                other.reply().isProblem(408, "request-timeout");
            }
            idle.send(RawConnection.PING);
            idle.reply().is(200);
        }
    }
}
