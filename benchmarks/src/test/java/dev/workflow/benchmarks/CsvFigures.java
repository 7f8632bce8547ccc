package dev.workflow.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Measures both ways to write CSV in turns, so that what else the machine does meets both, and prints a table of the best round
 * of each.
 */
final class CsvFigures {
    private static final List<String> WAYS = List.of("jackson", "exporter");

    private CsvFigures() {}

    public static void main(String[] arguments) throws RunnerException {
        int rounds = arguments.length == 0 ? 3 : Integer.parseInt(arguments[0]);
        Map<CsvDocument, Map<String, JmhRound>> figures =
                JmhRound.inTurns(CsvBenchmark.class, CsvDocument.class, WAYS, rounds);
        System.out.println(
                "| document | bytes | Jackson `CsvMapper` | exporter | times as fast | bytes allocated a row |");
        System.out.println("|---|---|---|---|---|---|");
        figures.forEach((document, ways) -> print(document, ways.get("jackson"), ways.get("exporter")));
    }

    private static void print(CsvDocument document, JmhRound jackson, JmhRound exporter) {
        int bytes = document.json().length;
        System.out.printf(
                Locale.ROOT,
                "| %s | %,d | %s | %s | %.2f | %,.0f → %,.0f |%n",
                JmhRound.label(document),
                bytes,
                jackson.speed(bytes),
                exporter.speed(bytes),
                jackson.micros() / exporter.micros(),
                jackson.allocated() / document.rows(),
                exporter.allocated() / document.rows());
    }
}
