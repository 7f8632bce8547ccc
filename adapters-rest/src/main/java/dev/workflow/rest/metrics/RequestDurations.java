package dev.workflow.rest.metrics;

import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * How long requests took, by method and status. Written for each request on the thread that answers it: a pair has its place, and
 * nothing is made but the counts of a pair that comes for the first time.
 */
@Singleton
public final class RequestDurations {
    /** Called for each pair that occurred. */
    interface Series {
        void take(RequestMethod method, int status, DurationCounts counts);
    }

    private static final int STATUSES = 600;

    private final Map<RequestMethod, AtomicReferenceArray<@Nullable DurationCounts>> byMethod =
            new EnumMap<>(RequestMethod.class);

    RequestDurations() {
        for (RequestMethod method : RequestMethod.values()) {
            byMethod.put(method, new AtomicReferenceArray<>(STATUSES));
        }
    }

    /**
     * Counts one.
     *
     * @param status of the answer, 100 to 599
     */
    public void record(RequestMethod method, int status, long nanos) {
        AtomicReferenceArray<@Nullable DurationCounts> byStatus = Objects.requireNonNull(byMethod.get(method));
        DurationCounts counts = byStatus.get(status);
        (counts == null ? first(byStatus, status) : counts).add(nanos);
    }

    private static DurationCounts first(AtomicReferenceArray<@Nullable DurationCounts> byStatus, int status) {
        DurationCounts fresh = new DurationCounts();
        DurationCounts faster = byStatus.compareAndExchange(status, null, fresh);
        return faster == null ? fresh : faster;
    }

    void forEach(Series series) {
        byMethod.forEach((method, byStatus) -> {
            for (int status = 0; status < STATUSES; status++) {
                DurationCounts counts = byStatus.get(status);
                if (counts != null) {
                    series.take(method, status, counts);
                }
            }
        });
    }
}
