package dev.workflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.rest.problem.ProblemType;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PathsTest extends ServiceTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/nothing",
                "/workflows",
                "/workflow/a/b",
                "/workflow/delivery",
                "/workflow/delivery/",
                "/workflow/delivery/a/b",
                "/workflow/delivery/a/ack/b",
                "/workflow/dead/b",
                "/workflow/stats/b",
                "/workflow/a/b/c",
                "/workflow//",
                "/workflow/x/csv/y",
                "/health/x/y",
                "/problems",
                "/problems/invalid-uuid/x",
                "/docs/init.js/x",
                "/docs/%2e%2e/openapi.yml",
                "/docs/../openapi.yml",
                "/docs//init.js",
                "/console/console.js/x",
                "/console/../openapi.yml",
                "/favicon.ico",
                "/index.html",
                "/%2e%2e/%2e%2e/etc/passwd",
                "/../../etc/passwd",
                "/workflow%2Fconsume",
                "/WORKFLOW",
                "/%zz",
                "/a|b{c}",
                "/ä",
                "/a#b"
            })
    void thereIsNothingElse(String path) {
        for (String method : new String[] {"GET", "POST", "PATCH", "DELETE", "BREW"}) {
            String raw = method + " " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n";
            RawConnection.exchange(service, raw).isProblem(404, "unknown-path");
        }
    }

    /** The names of methods tell upper and lower case apart. */
    @ParameterizedTest
    @ValueSource(strings = {"get", "Get", "gET"})
    void aMethodInSmallLettersIsAnotherOne(String method) {
        RawConnection.exchange(service, method + " /workflow/consume HTTP/1.1\r\nHost: a\r\n\r\n")
                .isProblem(405, "method-not-allowed")
                .has("Allow", "GET, POST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/html", "text/html,application/xhtml+xml", "image/png", "garbage", "*/*;q=0", "text/csv"})
    void problemsAreJsonWhateverIsAccepted(String accept) {
        client.get("/nothing", "Accept", accept).isProblem(404, "unknown-path");
        client.get("/workflow/x", "Accept", accept).isProblem(400, "invalid-uuid");
        client.send("PUT", "/workflow", BodyPublishers.noBody(), "Accept", accept)
                .isProblem(405, "method-not-allowed");
        client.send("POST", "/workflow", BodyPublishers.ofString("{"), "Accept", accept, "Content-Type", "a/b")
                .isProblem(415, "unsupported-media-type");
    }

    @ParameterizedTest
    @EnumSource(ProblemType.class)
    void everyTypeOfProblemHasAPageThatExplainsIt(ProblemType type) {
        Reply page = client.get("/problems/" + type.slug()).is(200).has("Content-Type", "text/plain; charset=utf-8");

        assertThat(page.text()).startsWith(type.title()).contains("" + type.status(), type.explanation());
        assertThat(client.get("/problems/" + type.slug() + "/").text()).isEqualTo(page.text());
        assertThat(client.head("/problems/" + type.slug()).is(200).body()).isEmpty();
    }

    @Test
    void thereIsNoPageForOtherNames() {
        client.get("/problems/nothing").isProblem(404, "unknown-path");
        client.get("/problems/INVALID-UUID").isProblem(404, "unknown-path");
        client.get("/problems/invalid-uuid?a=1").isProblem(400, "invalid-parameter");
    }

    @Test
    void headOfAProblemHasNoBodyAndTheConnectionGoesOn() {
        try (RawConnection connection = new RawConnection(service)) {
            connection.send("HEAD /nothing HTTP/1.1\r\nHost: a\r\n\r\n");
            connection.replyToHead().is(404).has("Content-Type", "application/problem+json");
            connection.send("HEAD /health/liveness HTTP/1.1\r\nHost: a\r\n\r\n");
            connection.replyToHead().is(200);
            connection.send("GET /health/liveness HTTP/1.1\r\nHost: a\r\n\r\n");
            connection.reply().is(200);
        }
    }

    @Test
    void anAbsoluteTargetIsTheSameAsItsPath() {
        RawConnection.exchange(service, "GET http://example.org/health/liveness HTTP/1.1\r\nHost: a\r\n\r\n")
                .is(200);
        RawConnection.exchange(service, "GET https://example.org/workflow?limit=0 HTTP/1.1\r\nHost: a\r\n\r\n")
                .isProblem(400, "invalid-parameter");
        RawConnection.exchange(service, "GET HTTP://example.org/health/liveness HTTP/1.1\r\nHost: a\r\n\r\n")
                .is(200);
        RawConnection.exchange(service, "GET http://example.org HTTP/1.1\r\nHost: a\r\n\r\n")
                .isProblem(404, "unknown-path");
        RawConnection.exchange(service, "GET http://example.org?a=/health/liveness HTTP/1.1\r\nHost: a\r\n\r\n")
                .isProblem(404, "unknown-path");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/workflow                              | GET, HEAD, POST",
                "/workflow/consume                      | GET, POST",
                "/workflow/dead                         | GET, HEAD",
                "/workflow/dead/redrive                 | POST",
                "/workflow/stats                        | GET, HEAD",
                "/workflow/csv/preview                  | POST",
                "/workflow/" + UNKNOWN + "              | GET, HEAD, PATCH",
                "/workflow/x                            | GET, HEAD, PATCH",
                "/workflow/" + UNKNOWN + "/csv          | GET, HEAD",
                "/workflow/delivery/" + UNKNOWN + "     | GET, HEAD",
                "/workflow/delivery/csv                 | GET, HEAD",
                "/workflow/delivery/" + UNKNOWN + "/ack | POST",
                "/workflow/delivery/x/nack              | POST",
                "/workflow/delivery/dead/extend         | POST",
                "/docs                                  | GET, HEAD",
                "/docs/init.js                          | GET, HEAD",
                "/console                               | GET, HEAD",
                "/console/console.js                    | GET, HEAD",
            })
    void otherMethodsAreNotAllowedWithAndWithoutASlash(String path, String allow) {
        for (String target : new String[] {path, path + "/"}) {
            client.send("DELETE", target, BodyPublishers.noBody())
                    .isProblem(405, "method-not-allowed")
                    .has("Allow", allow);
        }
    }
}
