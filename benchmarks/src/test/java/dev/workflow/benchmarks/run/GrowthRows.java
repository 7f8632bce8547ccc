package dev.workflow.benchmarks.run;

import java.util.EnumSet;
import java.util.List;

/** Whether a service with many workflows is as fast as one with few: two instances, measured in turns. */
final class GrowthRows {
    private static final long FEW = 100_000;

    private GrowthRows() {}

    static List<Row> all() {
        return List.of(
                row(
                        "growth-post",
                        "POST /workflow, 64 connections, a full table",
                        PostRows.service(Stage.LARGE, 64),
                        PostRows.service(Stage.SMALL, 64)),
                row(
                        "growth-consume",
                        "GET /workflow/consume, 64 connections, a full table",
                        ConsumeRows.service(Stage.LARGE),
                        ConsumeRows.service(Stage.SMALL)));
    }

    private static Row row(String name, String title, Side large, Side small) {
        return new Row(
                name,
                title,
                Stage.LARGE.queue(),
                "/s",
                EnumSet.of(Stage.SMALL, Stage.LARGE),
                filled(large, Stage.LARGE, large.name()),
                List.of(filled(small, Stage.SMALL, "the service from 100,000 workflows on")),
                EnumSet.of(Row.Trait.NOT_QUICK));
    }

    private static Side filled(Side side, Stage stage, String name) {
        return new Side(
                name,
                side.needs(),
                bench -> {
                    Scene scene = bench.scene(stage);
                    scene.grow(stage == Stage.LARGE ? bench.options().rows() : FEW);
                    side.prepare().on(bench);
                },
                bench -> side.load()
                        .on(bench)
                        .with("workflows", bench.scene(stage).stored()));
    }
}
