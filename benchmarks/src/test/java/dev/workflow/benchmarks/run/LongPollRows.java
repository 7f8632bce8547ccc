package dev.workflow.benchmarks.run;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** How long it takes from a {@code POST} to the answer of one who waits for it, at the same instance or at another. */
final class LongPollRows {
    private static final List<Integer> WAITERS = List.of(1, 1000);

    private LongPollRows() {}

    static List<Row> all(Stage stage) {
        Stream<Row> here = WAITERS.stream().map(waiters -> row(stage, waiters, false));
        Stream<Row> elsewhere = WAITERS.stream().map(waiters -> row(stage, waiters, true));
        return (stage.isOverRabbit() ? Stream.concat(here, elsewhere) : here).toList();
    }

    private static Row row(Stage stage, int waiters, boolean isElsewhere) {
        return new Row(
                "wait-" + stage.name().toLowerCase(Locale.ROOT) + "-" + waiters + (isElsewhere ? "-another" : ""),
                "POST to the answer of consume?wait=, %,d waiting%s"
                        .formatted(waiters, isElsewhere ? " at another instance" : ""),
                stage.queue(),
                "ms",
                EnumSet.of(stage),
                Side.of("the service", Set.of(), bench -> measure(bench, stage, waiters, isElsewhere)),
                List.of(),
                EnumSet.of(Row.Trait.NOT_QUICK));
    }

    private static Sample measure(Bench bench, Stage stage, int waiters, boolean isElsewhere) {
        Scene scene = bench.scene(stage);
        if (!isElsewhere) {
            return LongPolls.measure(scene, scene.service(), waiters);
        }
        ServiceProcess another = bench.another(stage);
        try {
            return LongPolls.measure(scene, another, waiters);
        } finally {
            another.stop();
        }
    }
}
