package dev.workflow.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/** Measures both ways to read a request's body in turns, and prints a table of the best round of each. */
final class BodyFigures {
    private static final List<String> WAYS = List.of("jackson", "reader");

    private BodyFigures() {}

    public static void main(String[] arguments) throws RunnerException {
        int rounds = arguments.length == 0 ? 3 : Integer.parseInt(arguments[0]);
        Map<BodyDocument, Map<String, JmhRound>> figures =
                JmhRound.inTurns(BodyBenchmark.class, BodyDocument.class, WAYS, rounds);
        System.out.println(
                "| body | bytes | Jackson `readTree` | read and checked | times as fast | bytes allocated |");
        System.out.println("|---|---|---|---|---|---|");
        figures.forEach((document, ways) -> print(document, ways.get("jackson"), ways.get("reader")));
    }

    private static void print(BodyDocument document, JmhRound jackson, JmhRound reader) {
        int bytes = document.json().length;
        System.out.printf(
                Locale.ROOT,
                "| %s | %,d | %s | %s | %.2f | %,.0f → %,.0f |%n",
                JmhRound.label(document),
                bytes,
                jackson.speed(bytes),
                reader.speed(bytes),
                jackson.micros() / reader.micros(),
                jackson.allocated(),
                reader.allocated());
    }
}
