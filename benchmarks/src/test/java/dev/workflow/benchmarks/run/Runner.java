package dev.workflow.benchmarks.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Measures rows one after the other, and those of a row in turns: whatever else the machine does meets all of them. */
final class Runner {
    private final Bench bench;
    private final Progress progress;

    Runner(Bench bench, Progress progress) {
        this.bench = bench;
        this.progress = progress;
    }

    List<Result> run(List<Row> rows) {
        List<Result> results = new ArrayList<>();
        for (Row row : rows) {
            progress.begin(row);
            results.add(measured(row));
        }
        progress.end();
        return results;
    }

    private Result measured(Row row) {
        Turns turns = new Turns(row);
        try {
            bench.leaveOnly(row.stages());
        } catch (RuntimeException e) {
            turns.fail(row.service(), e);
        }
        for (int round = 1; round <= row.rounds(bench.options()); round++) {
            for (Side side : turns.left()) {
                progress.round(row, round, side);
                try {
                    side.prepare().on(bench);
                    turns.add(side, side.load().on(bench));
                } catch (RuntimeException e) {
                    turns.fail(side, e);
                }
            }
        }
        return turns.result();
    }

    /** What each side has shown so far, and who is out. */
    private static final class Turns {
        private final Row row;
        private final Map<Side, List<Sample>> samples = new LinkedHashMap<>();
        private final Map<Side, Result.Outcome> out = new LinkedHashMap<>();

        Turns(Row row) {
            this.row = row;
            all().forEach(side -> {
                samples.put(side, new ArrayList<>());
                missing(side, row).ifPresent(reason -> out.put(side, Result.Outcome.skipped(side.name(), reason)));
            });
        }

        private static Optional<String> missing(Side side, Row row) {
            Stream<Program> forStage =
                    row.stages().stream().anyMatch(Stage::isOverRabbit) ? Stream.of(Program.RABBITMQ) : Stream.empty();
            return Stream.concat(side.needs().stream(), forStage)
                    .filter(program -> program.found().isEmpty())
                    .map(Program::missing)
                    .findFirst();
        }

        private Stream<Side> all() {
            return Stream.concat(Stream.of(row.service()), row.beside().stream());
        }

        /** Nobody is measured beside a service that is not. */
        List<Side> left() {
            return out.containsKey(row.service())
                    ? List.of()
                    : all().filter(side -> !out.containsKey(side)).toList();
        }

        void add(Side side, Sample sample) {
            samples.computeIfAbsent(side, any -> new ArrayList<>()).add(sample);
        }

        void fail(Side side, RuntimeException e) {
            String reason = e instanceof Skip || e instanceof Broken ? e.getMessage() : e.toString();
            out.put(
                    side,
                    e instanceof Skip
                            ? Result.Outcome.skipped(side.name(), reason)
                            : Result.Outcome.broken(side.name(), reason));
        }

        Result result() {
            return new Result(row, all().map(this::outcome).toList());
        }

        private Result.Outcome outcome(Side side) {
            Result.Outcome gone = out.get(side);
            if (gone != null) {
                return gone;
            }
            List<Sample> shown = samples.getOrDefault(side, List.of());
            return shown.isEmpty()
                    ? Result.Outcome.skipped(side.name(), "the service was not measured")
                    : Result.Outcome.measured(side.name(), shown);
        }
    }
}
