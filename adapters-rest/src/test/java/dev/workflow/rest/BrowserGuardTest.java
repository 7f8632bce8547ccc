package dev.workflow.rest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What browsers ask for by themselves, or for pages of others, takes nothing. */
final class BrowserGuardTest extends OneWaitingTest {
    @ParameterizedTest
    @CsvSource({
        "Sec-Purpose, prefetch",
        "Sec-Purpose, prefetch;prerender",
        "Sec-Purpose, Prefetch;anonymous-client-ip",
        "Purpose, prefetch"
    })
    void isNotPrefetched(String header, String value) {
        client.get(CONSUME, header, value).isProblem(503, "unavailable").has("Retry-After", "1");
        isStillThere();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    void isNotFetchedForAnotherSite(String site) {
        client.get(CONSUME, "Sec-Fetch-Site", site).isProblem(403, "forbidden");
        postConsume(CONSUME, "Sec-Fetch-Site", site).isProblem(403, "forbidden");
        postConsume(CONSUME, "Sec-Fetch-Site", site, "Origin", ownOrigin()).isProblem(403, "forbidden");
        isStillThere();
    }

    @ParameterizedTest
    @ValueSource(strings = {"same-origin", "none"})
    void isFetchedForItsOwnSite(String site) {
        client.get(CONSUME, "Sec-Fetch-Site", site).is(200);
        submit("1");
        postConsume(CONSUME, "Sec-Fetch-Site", site, "Origin", "https://wf.example")
                .is(200);
        submit("1");
        postConsume(CONSUME, "Sec-Fetch-Site", site, "Origin", "null").is(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "http://wf.example",
                "https://127.0.0.1",
                "http://127.0.0.1:1",
                "http://127.0.0.1.wf.example",
                "chrome-extension://abc",
                "127.0.0.1"
            })
    void isNotPostedForAnotherOrigin(String origin) {
        postConsume(CONSUME, "Origin", origin).isProblem(403, "forbidden");
        postConsume(CONSUME, "Origin", origin, "X-Forwarded-Host", "other.example, wf.example")
                .isProblem(403, "forbidden");
        postConsume(CONSUME, "Origin", origin, "X-Forwarded-Host", origin).isProblem(403, "forbidden");
        postConsume(CONSUME, "Origin", origin, "Idempotency-Key", origin).isProblem(403, "forbidden");
        isStillThere();
    }

    @Test
    void isPostedForItsOwnOrigin() {
        postConsume(CONSUME, "Origin", ownOrigin()).is(200);
        postConsume(CONSUME, "Origin", ownOrigin(), "X-Forwarded-Host", "wf.example")
                .is(204);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://wf.example | wf.example",
                "https://wf.example | WF.example , proxy.example",
                "https://wf.example | wf.example:443",
                "http://wf.example | wf.example:80",
                "http://wf.example:8080 | wf.example:8080"
            })
    void isPostedForThePageBehindAProxy(String origin, String forwardedHost) {
        postConsume(CONSUME, "Origin", origin, "X-Forwarded-Host", forwardedHost)
                .is(200);
    }

    @ParameterizedTest
    @CsvSource({"http://a, 200", "https://a, 200", "http://b, 403", "null, 403"})
    void anOriginIsComparedWithTheHost(String origin, int status) {
        RawConnection.exchange(
                        service,
                        "POST /workflow/consume HTTP/1.1\r\nHost: a\r\nOrigin: " + origin
                                + "\r\nContent-Length: 0\r\n\r\n")
                .is(status);
    }

    private String ownOrigin() {
        return "http://" + service.uri("/").getAuthority();
    }
}
