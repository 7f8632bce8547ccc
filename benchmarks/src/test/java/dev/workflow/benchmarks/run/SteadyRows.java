package dev.workflow.benchmarks.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Whether the relay keeps up for long: a steady stream of workflows, and what stands in the outbox meanwhile. */
final class SteadyRows {
    private static final int RATE = 5000;
    private static final int CONNECTIONS = 64;
    /** Those of {@link Wrk}. */
    private static final int THREADS = 2;

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private SteadyRows() {}

    static List<Row> all() {
        return List.of(new Row(
                "steady",
                "POST /workflow, " + RATE + " in a second",
                Stage.CLASSIC.queue(),
                "/s",
                EnumSet.of(Stage.CLASSIC),
                Side.of("the service", EnumSet.of(Program.WRK), SteadyRows::measure),
                List.of(),
                EnumSet.of(Row.Trait.ONCE, Row.Trait.LONG)));
    }

    private static Sample measure(Bench bench) {
        Scene scene = bench.scene(Stage.CLASSIC);
        List<Long> backlog = Collections.synchronizedList(new ArrayList<>());
        Thread watcher = Thread.ofVirtual().start(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                backlog.add(scene.backlog());
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            }
        });
        Sample posted = bench.wrk()
                .script(
                        "post.lua",
                        CONNECTIONS,
                        60 * bench.options().minutes(),
                        scene.url(""),
                        Integer.toString(RATE / THREADS));
        watcher.interrupt();
        List<Long> seen = List.copyOf(backlog);
        return posted.with("minutes", bench.options().minutes())
                .with("outbox at most, first half", most(seen.subList(0, seen.size() / 2)))
                .with("second half", most(seen.subList(seen.size() / 2, seen.size())));
    }

    private static long most(List<Long> backlog) {
        return backlog.stream().mapToLong(Long::longValue).max().orElse(0);
    }
}
