package dev.workflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page on which the interface can be tried. */
final class DocsTest extends ServiceTest {
    private static final String BUNDLE = "/docs/swagger-ui-bundle.js";
    private static final Pattern FETCHED = Pattern.compile("(?:src|href|url)\\s*[=:]\\s*[\"']([^\"']*)[\"']");
    private static final Pattern ELSEWHERE = Pattern.compile("(?i)https?:|[\"'(]\\s*//");
    private static final int LEAST_BUNDLE = 1_000_000;

    @ParameterizedTest
    @CsvSource({
        "/docs, text/html; charset=utf-8",
        "/docs/init.js, text/javascript; charset=utf-8",
        "/docs/swagger-ui.css, text/css; charset=utf-8",
        BUNDLE + ", text/javascript; charset=utf-8",
        BUNDLE + ".LICENSE.txt, text/plain; charset=utf-8",
        "/docs/swagger-ui.NOTICE.txt, text/plain; charset=utf-8"
    })
    void isThereWithAndWithoutASlash(String path, String type) {
        Reply file = client.get(path).is(200).has("Content-Type", type);

        file.has("Content-Length", Integer.toString(file.body().length));
        file.has("Cache-Control", "no-cache").has("X-Content-Type-Options", "nosniff");
        file.has("Referrer-Policy", "no-referrer");
        assertThat(client.get(path + "/").is(200).body()).isEqualTo(file.body());
        assertThat(client.get(path, "Accept", "image/png").is(200).body()).isEqualTo(file.body());
        Reply head = client.head(path).is(200);
        assertThat(head.body()).isEmpty();
        for (String header : List.of("Content-Type", "Content-Length", "ETag", "Content-Security-Policy")) {
            assertThat(head.header(header)).as(header).isEqualTo(file.header(header));
        }
    }

    /** Sent as they stand here: a client of good manners would mend some of them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/docs/x",
                "/docs/index.html",
                "/docs/INIT.JS",
                "/docs/init.js.map",
                "/docs/docs",
                "/docs/..",
                "/docs/../",
                "/docs/..%2f",
                "/docs/..%2Fopenapi.yml",
                "/docs/%2e%2e%2fopenapi.yml",
                "/docs/.%2finit.js",
                "/docs/./init.js",
                "/docs/%2fetc%2fpasswd",
                "/docs/..%5copenapi.yml",
                "/docs/init.js%00",
                "/docs/%00"
            })
    void thereIsNoOtherFile(String path) {
        RawConnection.exchange(service, "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n")
                .isProblem(404, "unknown-path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/docs", "/docs/init.js", "/docs/nothing", BUNDLE})
    void noQueryParameterIsKnown(String path) {
        client.get(path + "?url=https://example.org/").isProblem(400, "invalid-parameter");
        client.get(path + "/?a=1").isProblem(400, "invalid-parameter");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/docs", "/docs/init.js", BUNDLE})
    void whoHasAFileIsNotSentItAgain(String path) {
        String tag = client.get(path).is(200).header("ETag").orElseThrow();
        assertThat(tag)
                .matches("\"[0-9a-f]{32}\"")
                .isEqualTo(client.get(path).header("ETag").orElseThrow());
        for (String tags : List.of(tag, "W/" + tag, "\"other\", " + tag, "*")) {
            Reply reply = client.get(path, "If-None-Match", tags).is(304);
            reply.has("ETag", tag).has("Cache-Control", "no-cache");
            assertThat(reply.body()).isEmpty();
            client.head(path, "If-None-Match", tags).is(304).has("ETag", tag);
        }
        client.get(path, "If-None-Match", "\"other\"").is(200).has("ETag", tag);
    }

    @Test
    void filesHaveTagsOfTheirOwn() {
        assertThat(List.of("/docs", "/docs/init.js", "/docs/swagger-ui.css", BUNDLE).stream()
                        .map(path -> client.get(path).header("ETag").orElseThrow()))
                .doesNotHaveDuplicates();
    }

    @Test
    void thePageShowsTheDescriptionOfThisServiceAndFetchesNothingFromElsewhere() {
        String page = client.get("/docs").text();
        String script = client.get("/docs/init.js").text();
        List<String> fetched = FETCHED.matcher(page + script)
                .results()
                .map(each -> each.group(1))
                .distinct()
                .toList();

        assertThat(page).contains("<title>Workflow</title>", "id=\"swagger-ui\"");
        assertThat(script).contains("dom_id: \"#swagger-ui\"", "validatorUrl: null");
        assertThat(page + script).doesNotContainPattern(ELSEWHERE);
        assertThat(fetched)
                .containsExactlyInAnyOrder("data:,", "/docs/swagger-ui.css", "/openapi.yml", BUNDLE, "/docs/init.js");
        fetched.stream()
                .filter(each -> !each.equals("data:,"))
                .forEach(each -> client.get(each).is(200));
    }

    @Test
    void theBrowserIsToldToFetchFromHereOnly() {
        String policy = client.get("/docs").header("Content-Security-Policy").orElseThrow();

        assertThat(policy.split("; *"))
                .containsExactlyInAnyOrder(
                        "default-src 'none'",
                        "script-src 'self'",
                        "style-src 'self' 'unsafe-inline'",
                        "img-src 'self' data:",
                        "connect-src 'self'",
                        "base-uri 'none'",
                        "form-action 'none'",
                        "frame-ancestors 'none'");
    }

    @Test
    void theBundleAndTheStyleSheetAreTheRealOnes() {
        Reply bundle = client.get(BUNDLE);
        assertThat(bundle.body()).hasSizeGreaterThan(LEAST_BUNDLE);
        assertThat(bundle.text()).contains("exports.SwaggerUIBundle=", "validatorUrl", "openapi");

        String style = client.get("/docs/swagger-ui.css").text();
        assertThat(style).contains(".swagger-ui .opblock");
        assertThat(Pattern.compile("url\\(([^)]*)\\)").matcher(style).results().map(DocsTest::target))
                .isNotEmpty()
                .allMatch(each -> each.startsWith("data:"));
        assertThat(style).doesNotContain("@import");
        assertThat(client.get(BUNDLE + ".LICENSE.txt").text()).contains("MIT License");
        assertThat(client.get("/docs/swagger-ui.NOTICE.txt").text()).contains("SmartBear", "Apache License");
    }

    private static String target(MatchResult match) {
        return match.group(1).replaceAll("^[\"']", "");
    }
}
