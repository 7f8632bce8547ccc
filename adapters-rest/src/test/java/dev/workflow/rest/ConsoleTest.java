package dev.workflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page for people, as files; what it does is tried in a browser, on the whole service. */
final class ConsoleTest extends ServiceTest {
    private static final Path FOLDER = Path.of("src/main/resources/dev/workflow/rest/pages/console");
    private static final String PAGE = "index.html";
    private static final String SCRIPT = "/console/console.js";

    private static final Pattern FETCHED = Pattern.compile("(?:src|href)=\"(/[^\"]*)\"");
    private static final Pattern IMPORTED = Pattern.compile("(?m)^import [^\"]*\"\\./([^\"]*)\";$");
    private static final Pattern ELSEWHERE =
            Pattern.compile("(?i)[a-z]+://|[\"'(`]\\s*//|(?<!object)url\\(|@import|data:|import\\(");
    /** The names of the namespace that SVG has. */
    private static final String SVG = "xmlns=\"http://www.w3.org/2000/svg\"";

    /** What would make markup or a program of a text. */
    private static final Pattern UNSAFE = Pattern.compile(
            "innerHTML|outerHTML|insertAdjacentHTML|setHTML|document\\.write|DOMParser|createContextualFragment|srcdoc"
                    + "|eval\\(|Function\\(|javascript:|localStorage|document\\.cookie| on[a-z]+=| style=");

    static List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static String text(String file) throws IOException {
        return Files.readString(FOLDER.resolve(file));
    }

    private static String path(String file) {
        return file.equals(PAGE) ? "/console" : "/console/" + file;
    }

    private static String type(String file) {
        return switch (file.substring(file.lastIndexOf('.'))) {
            case ".html" -> "text/html; charset=utf-8";
            case ".css" -> "text/css; charset=utf-8";
            case ".js" -> "text/javascript; charset=utf-8";
            default -> "image/svg+xml";
        };
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyFileIsThereWithAndWithoutASlash(String file) throws IOException {
        String path = path(file);
        Reply reply = client.get(path).is(200).has("Content-Type", type(file));

        assertThat(reply.text()).isEqualTo(text(file));
        reply.has("Content-Length", Integer.toString(reply.body().length)).has("Cache-Control", "no-cache");
        reply.has("X-Content-Type-Options", "nosniff").has("Referrer-Policy", "no-referrer");
        assertThat(client.get(path + "/").is(200).body()).isEqualTo(reply.body());
        Reply head = client.head(path).is(200);
        assertThat(head.body()).isEmpty();
        for (String header : List.of("Content-Type", "Content-Length", "ETag", "Content-Security-Policy")) {
            assertThat(head.header(header)).as(header).isEqualTo(reply.header(header));
        }
        String tag = reply.header("ETag").orElseThrow();
        assertThat(client.get(path, "If-None-Match", tag)
                        .is(304)
                        .has("ETag", tag)
                        .body())
                .isEmpty();
    }

    @Test
    void theBrowserIsToldToFetchAndSendHereOnly() {
        String policy = client.get("/console").header("Content-Security-Policy").orElseThrow();

        assertThat(policy.split("; *"))
                .containsExactlyInAnyOrder(
                        "default-src 'none'",
                        "script-src 'self'",
                        "style-src 'self'",
                        "connect-src 'self'",
                        "img-src 'self'",
                        "base-uri 'none'",
                        "form-action 'none'",
                        "frame-ancestors 'none'");
    }

    @Test
    void whatIsFetchedIsThereAndWhatIsThereIsFetched() throws IOException {
        Set<String> fetched = new TreeSet<>(Set.of("/console"));
        for (String file : files()) {
            String text = text(file);
            FETCHED.matcher(text).results().map(each -> each.group(1)).forEach(fetched::add);
            IMPORTED.matcher(text)
                    .results()
                    .map(each -> "/console/" + each.group(1))
                    .forEach(fetched::add);
        }

        fetched.forEach(path -> client.get(path).is(200));
        fetched.remove("/docs");
        assertThat(fetched)
                .isEqualTo(files().stream().map(ConsoleTest::path).collect(Collectors.toCollection(TreeSet::new)));
    }

    @ParameterizedTest
    @MethodSource("files")
    void nothingComesFromElsewhereAndNoTextBecomesMarkup(String file) throws IOException {
        assertThat(text(file).replace(SVG, "")).doesNotContainPattern(ELSEWHERE).doesNotContainPattern(UNSAFE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/x",
                "/console/index.html",
                "/console/CONSOLE.JS",
                "/console/..%2fopenapi.yml",
                "/console/%00"
            })
    void thereIsNoOtherFile(String path) {
        RawConnection.exchange(service, "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n")
                .isProblem(404, "unknown-path");
    }

    /** A key in an address would stay in histories and logs. */
    @ParameterizedTest
    @ValueSource(strings = {"/console", SCRIPT})
    void noQueryParameterIsKnown(String path) {
        client.get(path + "?key=secret").isProblem(400, "invalid-parameter");
    }

    @Test
    void switchedOffItWasNeverThere() {
        try (TestService without = TestService.start(Map.of("workflow.console", false));
                Client other = new Client(without)) {
            for (String path : List.of("/console", "/console/", SCRIPT, SCRIPT + "/")) {
                for (String method : List.of("GET", "POST")) {
                    other.send(method, path, BodyPublishers.noBody()).isProblem(404, "unknown-path");
                }
            }
            assertThat(without.routes()).noneMatch(route -> route.contains("console"));
            other.get("/docs").is(200);
        }
    }
}
