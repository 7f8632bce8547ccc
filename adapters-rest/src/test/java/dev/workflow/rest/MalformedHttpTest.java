package dev.workflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no HTTP, or nearly so. */
final class MalformedHttpTest extends ServiceTest {
    private static final String CHUNKED =
            "POST /workflow HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET\r\n\r\n",
                "GET /\r\n\r\n",
                "hello\r\n\r\n",
                "GET / FTP/1.0\r\n\r\n",
                "GET / HTTP/x\r\n\r\n",
                "GET /health HTTP/2.0\r\nHost: a\r\n\r\n",
                "GET /health HTTP/0.9\r\nHost: a\r\n\r\n",
                "GET /a b HTTP/1.1\r\n\r\n",
                "\u0016\u0003\u0001\u0002\r\n\r\n",
                "GET / HTTP/1.1\r\nHost a\r\n\r\n",
                "GET / HTTP/1.1\r\nHo st: a\r\n\r\n",
                "GET / HTTP/1.1\r\n: a\r\n\r\n",
                "GET / HTTP/1.1\r\nX: a\u0000b\r\n\r\n",
                "POST /workflow HTTP/1.1\r\nContent-Length: x\r\n\r\n",
                "POST /workflow HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
                "POST /workflow HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                "GET /health HTTP/1.1\r\n\r\n",
                "GET http://a/health HTTP/1.1\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: a\r\nX: b\r\nhost: c\r\n\r\n",
                "GET /health HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n",
                "POST /workflow HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{\"data\":1}",
                "POST /workflow HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n",
                "POST /workflow HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
                "POST /workflow HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, chunked\r\n\r\n",
                "POST /workflow HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n",
                "POST /workflow HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: identity\r\nContent-Length: 1\r\n\r\n1",
                "GET * HTTP/1.1\r\nHost: a\r\n\r\n",
                "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET workflow HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET mailto:a HTTP/1.1\r\nHost: a\r\n\r\n"
            })
    void isAnsweredAndTheConnectionClosed(String request) {
        try (RawConnection connection = new RawConnection(service)) {
            connection.send(request);
            connection.reply().isProblem(400, "malformed-request").has("Connection", "close");
            assertThat(connection.rest()).isEmpty();
        }
    }

    @Test
    void tooLongLinesAndHeadersAreToldApart() {
        RawConnection.exchange(service, "GET /" + "a".repeat(17_000) + " HTTP/1.1\r\nHost: a\r\n\r\n")
                .isProblem(414, "uri-too-long")
                .has("Connection", "close");
        RawConnection.exchange(service, "GET / HTTP/1.1\r\nX: " + "a".repeat(33_000) + "\r\n\r\n")
                .isProblem(431, "headers-too-large")
                .has("Connection", "close");
        RawConnection.exchange(service, "GET / HTTP/1.1\r\nX: " + "a".repeat(3_000_000) + "\r\n\r\n")
                .isProblem(431, "headers-too-large");
        client.get("/workflow?x=" + "a".repeat(15_000)).isProblem(400, "invalid-parameter");
        client.get("/health/liveness", "X", "a".repeat(30_000)).is(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x\r\n{\"data\":1}\r\n0\r\n\r\n",
                "-1\r\n\r\n",
                "A\r\n{\"data\":1}XX0\r\n\r\n",
                "A\r\n{\"data\":1}\r\nq\r\n\r\n",
                "A\r\n{\"data\":1}\r\n0\r\nbad trailer\r\n\r\n"
            })
    void aBodyWithBrokenFramingStoresNothingHoweverWholeItLooks(String chunks) {
        startAgain();
        for (String pieces : new String[] {CHUNKED + chunks, CHUNKED + "\u0000" + chunks}) {
            String[] atOnceOrNot = pieces.split("\u0000", -1);
            try (RawConnection connection = new RawConnection(service)) {
                for (String piece : atOnceOrNot) {
                    connection.send(piece);
                }
                connection.reply().isProblem(400, "malformed-request").has("Connection", "close");
                assertThat(connection.rest()).isEmpty();
            }
        }
        assertThat(client.get("/workflow").text()).isEqualTo("[]");
    }

    @Test
    void theNameOfTheFramingIsReadInAnyCase() {
        RawConnection.exchange(service, CHUNKED.replace("chunked", "Chunked ") + "A\r\n{\"data\":1}\r\n0\r\n\r\n")
                .is(201);
    }

    @Test
    void aBodyThatBreaksOffStoresNothing() {
        startAgain();
        for (String framing : new String[] {
            "Content-Length: 20\r\n\r\n{\"data\":1}", "Transfer-Encoding: chunked\r\n\r\nA\r\n{\"data\":1}\r\n"
        }) {
            try (RawConnection connection = new RawConnection(service)) {
                connection.send("POST /workflow HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n" + framing);
                connection.endOfInput().rest();
            }
        }
        assertThat(client.get("/workflow").text()).isEqualTo("[]");
    }

    @Test
    void aClientThatIsStillSendingCanReadTheAnswer() {
        try (RawConnection connection = new RawConnection(service)) {
            connection.send("what?\r\n\r\n");
            connection.reply().isProblem(400, "malformed-request");
            assertThat(connection.rest()).isEmpty();
            for (int i = 0; i < 10; i++) {
                connection.send("more");
                client.get("/health/liveness").is(200);
            }
        }
    }

    @Test
    void aConnectionServesManyRequestsUntilItsClientIsDone() {
        try (RawConnection connection = new RawConnection(service)) {
            for (int i = 0; i < 5; i++) {
                connection.send(RawConnection.PING);
                connection.reply().is(200).hasNo("Connection");
            }
            connection.send(RawConnection.PING.replace("Host: a", "Host: a\r\nConnection: close"));
            connection.reply().is(200).has("Connection", "close");
            assertThat(connection.rest()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"close", "TE, Close", "keep-alive,close", "TE\r\nConnection: close"})
    void nothingIsDoneAfterTheRequestThatClientsCallTheirLast(String connectionHeader) {
        startAgain();
        String post = CHUNKED + "A\r\n{\"data\":1}\r\n0\r\n\r\n";
        try (RawConnection connection = new RawConnection(service)) {
            connection.send(RawConnection.PING
                    + RawConnection.PING.replace("Host: a", "Host: a\r\nConnection: " + connectionHeader)
                    + post
                    + RawConnection.PING);
            connection.reply().is(200).hasNo("Connection");
            connection.reply().is(200).has("Connection", "close");
            assertThat(connection.rest()).isEmpty();
        }
        assertThat(client.get("/workflow").text()).isEqualTo("[]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.2", "HTTP/1.9"})
    void newerMinorVersionsAreAnsweredInThatOfTheService(String version) {
        try (RawConnection connection = new RawConnection(service)) {
            connection.send(
                    RawConnection.PING.replace("HTTP/1.1", version).replace("Host: a", "Host: a\r\nConnection: close"));
            assertThat(new String(connection.rest(), StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void olderClientsAreAnsweredToo() {
        for (String host : new String[] {"", "Host: a\r\n"}) {
            try (RawConnection connection = new RawConnection(service)) {
                connection.send("GET /health/liveness HTTP/1.0\r\n" + host + "\r\n");
                connection.reply().is(200);
                assertThat(connection.rest()).isEmpty();
            }
        }
    }

    @Test
    void theNameInHostMayBeEmpty() {
        RawConnection.exchange(service, RawConnection.PING.replace("Host: a", "Host:"))
                .is(200);
    }

    @Test
    void headersThatNobodyAskedForDoNoHarm() {
        RawConnection.exchange(
                        service,
                        "GET /health/liveness HTTP/1.1\r\nHost: a\r\nAccept: \u00ff;;;q=,,\r\nContent-Type: //;\r\n"
                                + "Cookie: =;=;\r\nAccept-Language: xx-\u00e4;q=z\r\nX-Forwarded-For: ${jndi:x}\r\n"
                                + "Authorization: Basic %%%\r\nUpgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\n"
                                + "HTTP2-Settings: AAMAAABkAAQAAP__\r\nOrigin: null\r\n\r\n")
                .is(200);
        RawConnection.exchange(
                        service,
                        "OPTIONS /workflow HTTP/1.1\r\nHost: a\r\nOrigin: http://b\r\nAccess-Control-Request-Method: POST\r\n\r\n")
                .isProblem(405, "method-not-allowed")
                .hasNo("Access-Control-Allow-Origin");
    }

    @Test
    void textOutsideOfAsciiIsReadAsBytes() {
        String id = new String("ä".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        RawConnection.exchange(service, "GET /workflow?" + id + "=1 HTTP/1.1\r\nHost: a\r\n\r\n")
                .isProblem(400, "invalid-parameter")
                .says("The query parameter ä is not known");
    }
}
