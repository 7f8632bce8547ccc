package dev.workflow.rest.metrics;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** How long requests took, by route, method and status. */
@Singleton
public final class RequestDurations {
    /** Called for each triple that occurred. */
    interface Series {
        void take(String route, RequestMethod method, int status, DurationCounts counts);
    }

    private final Map<String, Route> routes = new ConcurrentSkipListMap<>();

    /** The one with this template, made where there is none: never by what a client sends. */
    public Route route(String template) {
        return routes.computeIfAbsent(template, Route::new);
    }

    void forEach(Series series) {
        routes.values().forEach(route -> route.forEach(series));
    }
}
