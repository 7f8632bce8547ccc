package dev.workflow.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SparingCollectorTest {
    private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

    private long now = Long.MAX_VALUE - 1;
    private long duration;
    private int runs;
    private final SparingCollector collector = new SparingCollector(this::collect, () -> now);

    @Test
    void it_runs_again_only_after_a_pause() {
        collector.run();
        assertThat(runs).isEqualTo(1);
        now += 50 * MILLISECOND - 1;
        collector.run();
        assertThat(runs).isEqualTo(1);
        now++;
        collector.run();
        assertThat(runs).isEqualTo(2);
        collector.run();
        assertThat(runs).isEqualTo(2);
    }

    @Test
    void the_pause_is_twice_as_long_as_the_run() {
        duration = 40 * MILLISECOND;
        collector.run();
        now += 80 * MILLISECOND - 1;
        collector.run();
        assertThat(runs).isEqualTo(1);
        now++;
        collector.run();
        assertThat(runs).isEqualTo(2);
    }

    private void collect() {
        runs++;
        now += duration;
    }
}
