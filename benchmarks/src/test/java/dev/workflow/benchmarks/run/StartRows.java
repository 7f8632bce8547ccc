package dev.workflow.benchmarks.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The service alone with its embedded PostgreSQL: until the first workflow was answered 201, and what memory it holds. */
final class StartRows {
    private StartRows() {}

    static List<Row> all() {
        return List.of(
                row(
                        "start-empty",
                        "start to the first 201, empty folder",
                        StartRows::onEmptyFolder,
                        Set.of(Row.Trait.NOT_QUICK)),
                row("start-warm", "start to the first 201, warm folder", StartRows::onWarmFolder, Set.of()),
                new Row(
                        "memory",
                        "resident memory under POST, 64 connections",
                        Stage.MEMORY.queue(),
                        "MB",
                        Set.of(),
                        Side.of("the service", EnumSet.of(Program.WRK), StartRows::memory),
                        List.of(),
                        EnumSet.of(Row.Trait.ONCE)));
    }

    private static Row row(String name, String title, Side.Load load, Set<Row.Trait> traits) {
        return new Row(
                name,
                title,
                Stage.MEMORY.queue(),
                "ms",
                Set.of(),
                Side.of("the service", Set.of(), load),
                List.of(),
                traits);
    }

    private static Sample onEmptyFolder(Bench bench) {
        Path folder = bench.sandbox().resolve("empty");
        try {
            return Sample.of(started(bench, folder));
        } finally {
            try {
                Sandbox.delete(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Sample onWarmFolder(Bench bench) {
        return Sample.of(started(bench, bench.unpacked()));
    }

    private static double started(Bench bench, Path folder) {
        ServiceProcess service = bench.start("start", Map.of("WORKFLOW_DATA_DIR", folder.toString()));
        service.stop();
        return service.millisToFirst();
    }

    private static Sample memory(Bench bench) {
        ServiceProcess service = bench.start(
                "memory", Map.of("WORKFLOW_DATA_DIR", bench.unpacked().toString()));
        try {
            Scene.pause(1000);
            double idle = service.residentMegabytes();
            int seconds = Math.max(2, bench.options().seconds());
            bench.wrk().script("post.lua", 64, seconds, service.url(""));
            return Sample.of(service.residentMegabytes()).with("idle MB", idle);
        } finally {
            service.stop();
        }
    }
}
