package dev.workflow.benchmarks.run;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Handing workflows over, beside rows that pgbench updates one by one. The queue is filled before each measurement. */
final class ConsumeRows {
    private static final int CONNECTIONS = 64;
    private static final int BATCH = 100;
    private static final int BATCH_CONNECTIONS = 16;
    private static final int BATCH_SECONDS = 5;
    /** More than a core of today hands over, or updates. */
    private static final int SINGLES_A_SECOND = 25_000 * Runtime.getRuntime().availableProcessors();

    private static final int BATCHED_A_SECOND = 90_000 * Runtime.getRuntime().availableProcessors();
    /** The queue in memory has room for a million. */
    private static final long MOST_IN_STOCK = 900_000;

    /** A queue that ran dry answers 204, which wrk takes for an answer like any other. */
    private static final double OF_THE_REQUESTS = 0.97;

    private ConsumeRows() {}

    static List<Row> all(Stage stage) {
        return Stream.of(single(stage), batch(stage))
                .filter(row -> stage != Stage.QUORUM || !row.name().contains("batch"))
                .toList();
    }

    private static Row single(Stage stage) {
        return new Row(
                "consume-" + stage.name().toLowerCase(Locale.ROOT),
                "GET /workflow/consume, " + CONNECTIONS + " connections",
                stage.queue(),
                "/s",
                EnumSet.of(stage),
                service(stage),
                List.of(update()),
                Set.of());
    }

    static Side service(Stage stage) {
        return single("the service", stage, "/workflow/consume");
    }

    static Side single(String name, Stage stage, String path) {
        return taking(name, stage, path, 1, SINGLES_A_SECOND);
    }

    private static Row batch(Stage stage) {
        return new Row(
                "consume-batch-" + stage.name().toLowerCase(Locale.ROOT),
                "GET /workflow/consume?max=" + BATCH + ", " + BATCH_CONNECTIONS + " connections",
                stage.queue(),
                "workflows/s",
                EnumSet.of(stage),
                taking("the service", stage, "/workflow/consume?max=" + BATCH, BATCH, BATCHED_A_SECOND),
                List.of(update()),
                stage == Stage.MEMORY ? Set.of() : EnumSet.of(Row.Trait.NOT_QUICK));
    }

    private static Side taking(String name, Stage stage, String path, int each, int stockForASecond) {
        return Side.of(name, EnumSet.of(Program.WRK), bench -> {
                    Scene scene = bench.scene(stage);
                    long before = scene.consumed();
                    int seconds = seconds(bench, each);
                    Sample taken = bench.wrk()
                            .get(each == 1 ? CONNECTIONS : BATCH_CONNECTIONS, seconds, scene.url(path))
                            .times(each);
                    double handedOver = scene.consumed() - before;
                    if (handedOver < taken.value() * seconds * OF_THE_REQUESTS) {
                        throw new Broken("the queue ran dry: " + handedOver + " workflows were handed over");
                    }
                    return taken;
                })
                .after(stocked(stage, each, stockForASecond));
    }

    /** Sees to it that no measurement of single workflows finds the queue empty. */
    static Side.Step stocked(Stage stage) {
        return stocked(stage, 1, SINGLES_A_SECOND);
    }

    private static Side.Step stocked(Stage stage, int each, int stockForASecond) {
        return bench ->
                bench.scene(stage).stock(Math.min(MOST_IN_STOCK, (long) stockForASecond * seconds(bench, each)));
    }

    private static int seconds(Bench bench, int each) {
        int asked = bench.options().seconds();
        return each == 1 ? asked : Math.min(asked, BATCH_SECONDS);
    }

    private static Side update() {
        return Side.of("pgbench updating one row each", EnumSet.of(Program.PGBENCH), bench -> {
                    Sample updated = bench.pgbench()
                            .run(
                                    BareTables.update(bench.sandbox()),
                                    CONNECTIONS,
                                    bench.options().seconds());
                    long rows = BareTables.updated(bench.bare());
                    if (rows < updated.details().getOrDefault(PgBench.TRANSACTIONS, 0.0)) {
                        throw new Broken("pgbench ran out of rows after " + rows);
                    }
                    return updated;
                })
                .after(bench -> BareTables.fillWide(
                        bench.bare(), (long) SINGLES_A_SECOND * bench.options().seconds()));
    }
}
