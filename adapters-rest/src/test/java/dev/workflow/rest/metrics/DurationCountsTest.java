package dev.workflow.rest.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DurationCountsTest {
    private final DurationCounts counts = new DurationCounts();

    @Test
    void aBoundBelongsToItsBucket() {
        double[] bounds = DurationCounts.bounds();
        assertThat(bounds)
                .containsExactly(
                        0.005,
                        0.01,
                        0.025,
                        0.05,
                        0.075,
                        0.1,
                        0.25,
                        0.5,
                        0.75,
                        1,
                        2.5,
                        5,
                        7.5,
                        10,
                        Double.POSITIVE_INFINITY);
        for (int i = 0; i < bounds.length - 1; i++) {
            long nanos = Math.round(bounds[i] * 1e9);
            for (int times = 0; times <= i; times++) {
                counts.add(nanos);
            }
        }
        assertThat(counts.counts()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 0);
        for (double bound : bounds) {
            counts.add(Math.round(Math.min(bound, 1e6) * 1e9) + 1);
        }
        assertThat(counts.counts()).containsExactly(1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 2);
    }

    @Test
    void theSumIsExact() {
        counts.add(0);
        counts.add(1_500_000_000);
        counts.add(250_000);
        assertThat(counts.seconds()).isEqualTo(1.50025);
        assertThat(counts.counts()).containsExactly(2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0);
    }
}
