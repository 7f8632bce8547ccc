package dev.workflow.benchmarks.run;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Results as a table of Markdown, whose columns stand under one another in a terminal, too. */
final class Table {
    private static final List<String> HEAD = List.of("what", "queue", "figure", "beside it", "ratio", "more");

    private static final int LONGEST_REASON = 80;

    private Table() {}

    static String of(List<Result> results) {
        List<List<String>> lines = new ArrayList<>(List.of(HEAD));
        results.forEach(result -> lines.addAll(lines(result)));
        int[] widths = IntStream.range(0, HEAD.size())
                .map(column -> lines.stream()
                        .mapToInt(line -> line.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        List<String> rule = IntStream.of(widths).mapToObj("-"::repeat).toList();
        lines.add(1, rule);
        return lines.stream().map(line -> padded(line, widths)).collect(Collectors.joining("\n", "", "\n"));
    }

    private static String padded(List<String> line, int[] widths) {
        return IntStream.range(0, widths.length)
                .mapToObj(column -> line.get(column)
                        + " ".repeat(widths[column] - line.get(column).length()))
                .collect(Collectors.joining(" | ", "| ", " |"));
    }

    /** Whoever is beside the service after the first has a line of its own. */
    private static List<List<String>> lines(Result result) {
        List<Result.Outcome> beside = result.beside();
        Stream<List<String>> further = beside.stream()
                .skip(1)
                .map(other -> List.of("", "", "", figure(result, other), ratio(result, other), ""));
        Result.Outcome first = beside.isEmpty() ? null : beside.getFirst();
        return Stream.concat(
                        Stream.of(List.of(
                                result.row().title(),
                                result.row().queue(),
                                first(result),
                                first == null ? "" : figure(result, first),
                                first == null ? "" : ratio(result, first),
                                more(result.service()))),
                        further)
                .toList();
    }

    private static String first(Result result) {
        Sample median = result.service().median();
        return median == null
                ? without(result.service())
                : Figures.withUnit(median.value(), result.row().unit());
    }

    private static String figure(Result result, Result.Outcome other) {
        Sample median = other.median();
        return other.name() + ": "
                + (median == null
                        ? without(other)
                        : Figures.withUnit(median.value(), result.row().unit()));
    }

    private static String without(Result.Outcome outcome) {
        String reason = outcome.reason().replace("|", "/").replaceAll("\\s+", " ");
        String start = reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) + "…" : reason;
        return (outcome.isBroken() ? "BROKEN: " : "left out: ") + start;
    }

    private static String ratio(Result result, Result.Outcome other) {
        return result.ratio(other).map(Figures::ratio).orElse("");
    }

    private static String more(Result.Outcome outcome) {
        Sample median = outcome.median();
        return median == null ? "" : Figures.details(median);
    }
}
