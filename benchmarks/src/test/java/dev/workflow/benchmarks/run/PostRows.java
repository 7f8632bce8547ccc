package dev.workflow.benchmarks.run;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Handing workflows in, beside bare rows that pgbench inserts with as many connections. */
final class PostRows {
    static final int ARRAY = 100;
    private static final int ARRAY_CONNECTIONS = 16;

    private PostRows() {}

    static List<Row> all() {
        return Stream.concat(Stream.of(1, 16, 64, 256).map(PostRows::single), Stream.of(array()))
                .toList();
    }

    private static Row single(int connections) {
        return new Row(
                "post-" + connections,
                "POST /workflow, " + connections + (connections == 1 ? " connection" : " connections"),
                Stage.MEMORY.queue(),
                "/s",
                EnumSet.of(Stage.MEMORY),
                service(Stage.MEMORY, connections),
                List.of(Side.of(
                        "pgbench inserting the bare row",
                        EnumSet.of(Program.PGBENCH),
                        bench -> bench.pgbench()
                                .run(
                                        BareTables.insert(bench.sandbox()),
                                        connections,
                                        bench.options().seconds()))),
                Set.of());
    }

    /** Tells, too, what was in the outbox when the last request was answered, and how long that took to reach the queue. */
    static Side service(Stage stage, int connections) {
        return posting("the service", "post.lua", stage, connections);
    }

    static Side posting(String name, String script, Stage stage, int connections) {
        return Side.of(name, EnumSet.of(Program.WRK), bench -> {
                    Scene scene = bench.scene(stage);
                    Sample posted = bench.wrk()
                            .script(script, connections, bench.options().seconds(), scene.url(""));
                    return relayed(scene, posted);
                })
                .after(bench -> bench.scene(stage).makeRoom());
    }

    private static Sample relayed(Scene scene, Sample posted) {
        long backlog = scene.backlog();
        return posted.with("backlog", backlog).with("relayed after s", scene.secondsUntilRelayed());
    }

    private static Row array() {
        return new Row(
                "post-array",
                "POST /workflow, arrays of " + ARRAY + ", " + ARRAY_CONNECTIONS + " connections",
                Stage.MEMORY.queue(),
                "workflows/s",
                EnumSet.of(Stage.MEMORY),
                Side.of("the service", EnumSet.of(Program.WRK), bench -> {
                            Scene scene = bench.scene(Stage.MEMORY);
                            int seconds = bench.options().seconds();
                            Sample arrays = bench.wrk()
                                    .script(
                                            "array.lua",
                                            ARRAY_CONNECTIONS,
                                            seconds,
                                            scene.url(""),
                                            Integer.toString(ARRAY));
                            return relayed(scene, arrays.times(ARRAY));
                        })
                        .after(bench -> bench.scene(Stage.MEMORY).makeRoom()),
                List.of(Side.of(
                        "pgbench inserting " + ARRAY + " bare rows with one statement",
                        EnumSet.of(Program.PGBENCH),
                        bench -> bench.pgbench()
                                .run(
                                        BareTables.insertMany(bench.sandbox(), ARRAY),
                                        ARRAY_CONNECTIONS,
                                        bench.options().seconds())
                                .times(ARRAY))),
                Set.of());
    }
}
