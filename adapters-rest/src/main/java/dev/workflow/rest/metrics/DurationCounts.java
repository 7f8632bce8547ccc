package dev.workflow.rest.metrics;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** How many durations fell into each bucket, and their sum. The count is that of all buckets, so the two always agree. */
final class DurationCounts {
    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
    /** The upper bounds that OpenTelemetry advises for requests, in seconds; the last bucket takes what is longer. */
    private static final double[] BOUNDS = {
        0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, Double.POSITIVE_INFINITY
    };

    private static final long[] BOUND_NANOS = DoubleStream.of(BOUNDS)
            .mapToLong(seconds -> Math.round(seconds * NANOS_PER_SECOND))
            .toArray();

    private final LongAdder[] buckets =
            Stream.generate(LongAdder::new).limit(BOUNDS.length).toArray(LongAdder[]::new);
    private final LongAdder nanos = new LongAdder();

    void add(long duration) {
        int bucket = 0;
        while (duration > BOUND_NANOS[bucket]) {
            bucket++;
        }
        buckets[bucket].increment();
        nanos.add(duration);
    }

    static double[] bounds() {
        return BOUNDS.clone();
    }

    /** For each bound, without those of the bounds below it. */
    long[] counts() {
        return Stream.of(buckets).mapToLong(LongAdder::sum).toArray();
    }

    double seconds() {
        return nanos.sum() / NANOS_PER_SECOND;
    }
}
