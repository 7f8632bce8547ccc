package dev.workflow.rest.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * How long the requests of one route took, by method and status. Written for each request on the thread that answers it: what is
 * told apart has its place, and nothing is made but the counts of what comes for the first time.
 */
public final class Route {
    private static final int STATUSES = 600;

    private final String template;
    private final Map<RequestMethod, AtomicReferenceArray<@Nullable DurationCounts>> byMethod =
            new ConcurrentHashMap<>();

    Route(String template) {
        this.template = template;
    }

    /** Such as {@code /workflow/{UUID}}; empty for all that is on no route. */
    public String template() {
        return template;
    }

    /**
     * Counts one request.
     *
     * @param status of the answer, 100 to 599
     */
    public void record(RequestMethod method, int status, long nanos) {
        AtomicReferenceArray<@Nullable DurationCounts> byStatus =
                byMethod.computeIfAbsent(method, _ -> new AtomicReferenceArray<>(STATUSES));
        DurationCounts counts = byStatus.get(status);
        (counts == null ? first(byStatus, status) : counts).add(nanos);
    }

    private static DurationCounts first(AtomicReferenceArray<@Nullable DurationCounts> byStatus, int status) {
        DurationCounts fresh = new DurationCounts();
        DurationCounts faster = byStatus.compareAndExchange(status, null, fresh);
        return faster == null ? fresh : faster;
    }

    void forEach(RequestDurations.Series series) {
        byMethod.forEach((method, byStatus) -> {
            for (int status = 0; status < STATUSES; status++) {
                DurationCounts counts = byStatus.get(status);
                if (counts != null) {
                    series.take(template, method, status, counts);
                }
            }
        });
    }
}
