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

/** One way to do it with one document, measured once in a JVM of its own. */
record JmhRound(double micros, double allocated) {
    private static JmhRound of(Class<?> benchmark, String way, Enum<?> document) throws RunnerException {
        Options options = new OptionsBuilder()
                .include(benchmark.getName() + "." + way + "$")
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
        return new JmhRound(result.getPrimaryResult().getScore(), allocated);
    }

    /** The best round of each way with each document; what else the machine does meets all of them. */
    static <D extends Enum<D>> Map<D, Map<String, JmhRound>> inTurns(
            Class<?> benchmark, Class<D> documents, List<String> ways, int rounds) throws RunnerException {
        Map<D, Map<String, JmhRound>> figures = new EnumMap<>(documents);
        for (int round = 0; round < rounds; round++) {
            for (D document : documents.getEnumConstants()) {
                for (String way : ways) {
                    figures.computeIfAbsent(document, any -> new HashMap<>())
                            .merge(way, of(benchmark, way, document), JmhRound::orBetter);
                }
            }
        }
        return figures;
    }

    private JmhRound orBetter(JmhRound other) {
        return other.micros < micros ? other : this;
    }

    String speed(int bytes) {
        return String.format(Locale.ROOT, "%,.2f µs, %.0f MB/s", micros, bytes / micros);
    }

    static String label(Enum<?> document) {
        return document.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
