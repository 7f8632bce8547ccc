package dev.workflow.rest;

import dev.workflow.rest.problem.ProblemType;
import dev.workflow.rest.problem.Refusal;
import io.micronaut.http.HttpRequest;
import java.util.Locale;
import java.util.Set;

/** Keeps a GET that consumes from being sent by a browser on its own, ahead of time or for a page of another site. */
final class BrowserGuard {
    private static final Set<String> OTHER_SITES = Set.of("cross-site", "same-site");

    private BrowserGuard() {}

    static void check(HttpRequest<?> request) {
        if (isPrefetch(request, "Sec-Purpose") || isPrefetch(request, "Purpose")) {
            throw new Refusal(
                    ProblemType.UNAVAILABLE,
                    "This consumes, so it must not be fetched ahead of time. Nothing was taken.");
        }
        if (request.getHeaders().getAll("Sec-Fetch-Site").stream().anyMatch(OTHER_SITES::contains)) {
            throw new Refusal(
                    ProblemType.FORBIDDEN,
                    "A page of another site must not consume, so nothing was taken. Consume from a program of your own.");
        }
    }

    private static boolean isPrefetch(HttpRequest<?> request, String header) {
        return request.getHeaders().getAll(header).stream()
                .map(value -> value.toLowerCase(Locale.ROOT))
                .anyMatch(value -> value.contains("prefetch") || value.contains("prerender"));
    }
}
