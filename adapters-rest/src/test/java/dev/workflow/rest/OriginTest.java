package dev.workflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages behind a proxy that passes its own name for the service on as {@code Host}, and pages of other sites. */
final class OriginTest extends ServiceTest {
    @ParameterizedTest
    @ValueSource(strings = {"https://wf.example", "http://wf.example:8080", "null", "chrome-extension://abc"})
    void changesNoAnswer(String origin) {
        isUnread(client.get("/problems/draining", "Origin", origin).is(200));
        isUnread(client.get("/health", "Origin", origin).is(200));
        isUnread(client.head("/health", "Origin", origin).is(200));
        isUnread(client.get("/docs", "Origin", origin).is(200));
        isUnread(client.get("/console", "Origin", origin).is(200));
        isUnread(client.post("/workflow", "{\"data\":1}", "Origin", origin).is(201));
        isUnread(client.get("/nothing", "Origin", origin).isProblem(404, "unknown-path"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "localhost:8000", "127.0.0.1:8000", "[::1]:8000"})
    void noPageMayAskForMore(String host) {
        isUnread(RawConnection.exchange(
                        service,
                        "OPTIONS /workflow HTTP/1.1\r\nHost: " + host + "\r\nOrigin: https://wf.example\r\n"
                                + "Access-Control-Request-Method: POST\r\n"
                                + "Access-Control-Request-Headers: content-type\r\n\r\n")
                .isProblem(405, "method-not-allowed"));
    }

    /** A browser keeps the answer from a page of another site. */
    private static void isUnread(Reply reply) {
        assertThat(reply.headers().keySet())
                .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control-"));
    }
}
