package dev.workflow.rest.delivery;

import dev.workflow.rest.problem.ProblemType;
import dev.workflow.rest.problem.Refusal;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Keeps what consumes from being sent by a browser on its own, ahead of time or for a page of another site. */
final class BrowserGuard {
    private static final Set<String> OTHER_SITES = Set.of("cross-site", "same-site");

    private BrowserGuard() {}

    static void checkGet(HttpRequest<?> request) {
        if (isPrefetch(request, "Sec-Purpose") || isPrefetch(request, "Purpose")) {
            throw new Refusal(
                    ProblemType.UNAVAILABLE,
                    "This consumes, so it must not be fetched ahead of time. Nothing was taken.");
        }
        checkSite(sites(request).stream().anyMatch(OTHER_SITES::contains));
    }

    /** A browser that says no site, as over plain HTTP, still says the origin of whoever posts. */
    static void checkPost(HttpRequest<?> request) {
        List<String> sites = sites(request);
        checkSite(sites.isEmpty() ? isOfOtherOrigin(request) : sites.stream().anyMatch(OTHER_SITES::contains));
    }

    private static void checkSite(boolean other) {
        if (other) {
            throw new Refusal(
                    ProblemType.FORBIDDEN,
                    "A page of another site must not consume, so nothing was taken. Consume from a program of your own.");
        }
    }

    private static List<String> sites(HttpRequest<?> request) {
        return request.getHeaders().getAll("Sec-Fetch-Site");
    }

    private static boolean isOfOtherOrigin(HttpRequest<?> request) {
        return request.getHeaders().getAll(HttpHeaders.ORIGIN).stream()
                .anyMatch(origin -> names(request).noneMatch(name -> isAt(origin, name)));
    }

    /** What the client called this service, as far as a proxy in between tells. */
    private static Stream<String> names(HttpRequest<?> request) {
        return Stream.concat(
                request.getHeaders().getAll(HttpHeaders.HOST).stream(),
                request.getHeaders().getAll("X-Forwarded-Host").stream()
                        .limit(1)
                        .map(value -> value.split(",", 2)[0].strip()));
    }

    /** An origin leaves the usual port out, which some proxies write into the name. */
    private static boolean isAt(String origin, String name) {
        return origin.equalsIgnoreCase("http://" + name)
                || origin.equalsIgnoreCase("https://" + name)
                || (origin + ":80").equalsIgnoreCase("http://" + name)
                || (origin + ":443").equalsIgnoreCase("https://" + name);
    }

    private static boolean isPrefetch(HttpRequest<?> request, String header) {
        return request.getHeaders().getAll(header).stream()
                .map(value -> value.toLowerCase(Locale.ROOT))
                .anyMatch(value -> value.contains("prefetch") || value.contains("prerender"));
    }
}
