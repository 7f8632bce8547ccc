package dev.workflow.rest.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;

/** How long requests took, under the names that OpenTelemetry gives this. */
final class RequestFamily {
    private static final String METHOD = "http_request_method";
    private static final String ROUTE = "http_route";
    private static final String STATUS = "http_response_status_code";

    private RequestFamily() {}

    static void add(RequestDurations requests, Families families) {
        HistogramSnapshot.Builder family = HistogramSnapshot.builder()
                .name("http_server_request_duration_seconds")
                .help("From the head of a request until its answer is written out, long polls included.");
        requests.forEach((route, method, status, counts) -> family.dataPoint(HistogramDataPointSnapshot.builder()
                .labels(labels(route, method, status))
                .classicHistogramBuckets(ClassicHistogramBuckets.of(DurationCounts.bounds(), counts.counts()))
                .sum(counts.seconds())
                .build()));
        families.add(family.build());
    }

    /** To Prometheus an empty label is none. */
    private static Labels labels(String route, RequestMethod method, int status) {
        Labels labels = Labels.of(METHOD, method.label(), STATUS, Integer.toString(status));
        return route.isEmpty() ? labels : labels.add(ROUTE, route);
    }
}
