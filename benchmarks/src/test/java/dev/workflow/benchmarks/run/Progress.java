package dev.workflow.benchmarks.run;

import java.io.Console;
import java.time.Duration;
import java.util.List;

/** One line on a terminal that changes; a line for each row elsewhere. */
final class Progress {
    private static final int WIDTH = 110;

    private final List<Row> rows;
    private final Options options;
    private final boolean onTerminal = isTerminal();
    private final long begin = System.nanoTime();
    private int row;

    Progress(List<Row> rows, Options options) {
        this.rows = rows;
        this.options = options;
    }

    private static boolean isTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    void begin(Row next) {
        row++;
        if (!onTerminal) {
            System.err.printf(
                    "%4d s [%d/%d] %s (%s); %s%n",
                    spent().toSeconds(), row, rows.size(), next.title(), next.queue(), left(0));
        }
    }

    void round(Row now, int round, Side side) {
        if (onTerminal) {
            String line = "[%d/%d] %s: round %d of %d, %s; %s"
                    .formatted(
                            row,
                            rows.size(),
                            now.title(),
                            round,
                            now.rounds(options),
                            side.name(),
                            left((round - 1.0) / now.rounds(options)));
            System.err.print("\r" + fitted(line));
        }
    }

    private static String fitted(String line) {
        return line.length() > WIDTH ? line.substring(0, WIDTH) : line + " ".repeat(WIDTH - line.length());
    }

    /** Judged by how long the rows before took, each by the number of its measurements. */
    private String left(double ofThisRow) {
        double done = weight(rows.subList(0, row - 1)) + ofThisRow * weight(rows.subList(row - 1, row));
        double all = weight(rows);
        double seconds = done > 0
                ? spent().toSeconds() * (all - done) / done
                : all * (options.seconds() + 5) + options.warmUpSeconds();
        return seconds < 90 ? "some %.0f s left".formatted(seconds) : "some %.0f min left".formatted(seconds / 60);
    }

    private Duration spent() {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private double weight(List<Row> some) {
        return some.stream()
                .mapToDouble(each -> each.rounds(options) * (1.0 + each.beside().size()))
                .sum();
    }

    void end() {
        if (onTerminal) {
            System.err.print("\r" + " ".repeat(WIDTH) + "\r");
        }
    }
}
