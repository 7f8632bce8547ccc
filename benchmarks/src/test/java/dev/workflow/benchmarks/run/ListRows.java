package dev.workflow.benchmarks.run;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All workflows in one answer, and what one who reads slowly holds meanwhile. */
final class ListRows {
    private static final int LEAST_BYTES_EACH = 120;

    private ListRows() {}

    static List<Row> all() {
        return List.of(
                new Row(
                        "list",
                        "GET /workflow, all in one answer",
                        Stage.LIST.queue(),
                        "rows/s",
                        EnumSet.of(Stage.LIST),
                        Side.of("the service", EnumSet.of(Program.CURL), ListRows::read)
                                .after(ListRows::fill),
                        List.of(),
                        Set.of()),
                new Row(
                        "list-slow",
                        "GET /workflow beside one who reads 2 MB/s",
                        Stage.LIST.queue(),
                        "rows/s",
                        EnumSet.of(Stage.LIST),
                        Side.of("the service", EnumSet.of(Program.CURL), ListRows::readBesideSlow)
                                .after(ListRows::fill),
                        List.of(),
                        EnumSet.of(Row.Trait.ONCE)));
    }

    private static void fill(Bench bench) {
        bench.scene(Stage.LIST).grow(bench.options().rows());
    }

    private static Sample read(Bench bench) {
        Scene scene = bench.scene(Stage.LIST);
        long rows = scene.stored();
        String[] said = bench.sandbox()
                .run(
                        Duration.ofMinutes(30),
                        List.of(
                                Program.CURL.path(),
                                "-s",
                                "-o",
                                "/dev/null",
                                "-w",
                                "%{http_code} %{size_download} %{time_starttransfer} %{time_total}",
                                scene.url("/workflow")))
                .strip()
                .split(" ");
        if (!said[0].equals("200") || Double.parseDouble(said[1]) < (double) LEAST_BYTES_EACH * rows) {
            throw new Broken("the list of " + rows + " was answered " + String.join(" ", said));
        }
        return Sample.of(rows / Double.parseDouble(said[3]))
                .with("rows", rows)
                .with("first byte ms", Double.parseDouble(said[2]) * 1000)
                .with("resident MB", scene.service().residentMegabytes());
    }

    private static Sample readBesideSlow(Bench bench) {
        Scene scene = bench.scene(Stage.LIST);
        Process slow = bench.sandbox()
                .start(
                        "slow-reader",
                        Map.of(),
                        List.of(
                                Program.CURL.path(),
                                "-s",
                                "-o",
                                "/dev/null",
                                "--limit-rate",
                                "2M",
                                scene.url("/workflow")));
        try {
            Scene.pause(500);
            Sample fast = read(bench);
            return fast.with("held database connections", held(scene, slow));
        } finally {
            bench.sandbox().stop(slow, "TERM");
        }
    }

    /** The most connections in use for longer than reading a page takes, while only the slow reader asked for anything. */
    private static double held(Scene scene, Process slow) {
        double most = Double.NaN;
        for (int look = 0; look < 50 && slow.isAlive(); look++) {
            long held = scene.database().number("""
                    SELECT count(*) FROM pg_stat_activity
                    WHERE datname = current_database() AND pid <> pg_backend_pid()
                      AND clock_timestamp() - xact_start > interval '100 ms'""");
            most = Double.isNaN(most) ? held : Math.max(most, held);
            Scene.pause(20);
        }
        return most;
    }
}
