package dev.workflow.benchmarks;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Measures both ways to write CSV in turns, so that what else the machine does meets both, and prints a table of the best round
 * of each.
 */
final class CsvFigures {
    private static final List<String> WAYS = List.of("jackson", "exporter");

    /** The best of some rounds. */
    private record Figure(double micros, double allocated) {
        Figure orBetter(Figure other) {
            return other.micros < micros ? other : this;
        }
    }

    private CsvFigures() {}

    public static void main(String[] arguments) throws RunnerException {
        int rounds = arguments.length == 0 ? 3 : Integer.parseInt(arguments[0]);
        Map<CsvDocument, Map<String, Figure>> figures = new EnumMap<>(CsvDocument.class);
        for (int round = 0; round < rounds; round++) {
            for (CsvDocument document : CsvDocument.values()) {
                for (String way : WAYS) {
                    figures.computeIfAbsent(document, any -> new HashMap<>())
                            .merge(way, measured(document, way), Figure::orBetter);
                }
            }
        }
        System.out.println(
                "| document | bytes | Jackson `CsvMapper` | exporter | times as fast | bytes allocated a row |");
        System.out.println("|---|---|---|---|---|---|");
        figures.forEach((document, ways) -> print(document, ways.get("jackson"), ways.get("exporter")));
    }

    private static Figure measured(CsvDocument document, String way) throws RunnerException {
        Options options = new OptionsBuilder()
                .include(CsvBenchmark.class.getName() + "." + way + "$")
                .param("document", document.name())
                .forks(1)
                .warmupIterations(4)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(3)
                .measurementTime(TimeValue.seconds(1))
                .timeUnit(TimeUnit.MICROSECONDS)
                .addProfiler(GCProfiler.class)
                .jvmArgsAppend("-XX:+UseParallelGC", "-XX:+UseCompactObjectHeaders", "-Xmx512m")
                .build();
        RunResult result = new Runner(options).runSingle();
        double allocated =
                result.getSecondaryResults().get("gc.alloc.rate.norm").getScore();
        return new Figure(result.getPrimaryResult().getScore(), allocated);
    }

    private static void print(CsvDocument document, Figure jackson, Figure exporter) {
        int bytes = document.json().length;
        System.out.printf(
                Locale.ROOT,
                "| %s | %,d | %s | %s | %.2f | %,.0f → %,.0f |%n",
                document.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                bytes,
                speed(jackson, bytes),
                speed(exporter, bytes),
                jackson.micros() / exporter.micros(),
                jackson.allocated() / document.rows(),
                exporter.allocated() / document.rows());
    }

    private static String speed(Figure figure, int bytes) {
        return String.format(Locale.ROOT, "%,.2f µs, %.0f MB/s", figure.micros(), bytes / figure.micros());
    }
}
