package dev.workflow.benchmarks.run;

import java.io.Console;
import java.time.Duration;
import java.util.List;

/** One line on a terminal that changes; a line for each row elsewhere. */
final class Progress {
    private static final int WIDTH = 110;
    private static final int AROUND_A_MEASUREMENT = 5;

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

    /** Judged by how long the rows before took, compared with what was expected. */
    private String left(double ofThisRow) {
        double done = expected(rows.subList(0, row - 1)) + ofThisRow * expected(rows.subList(row - 1, row));
        double all = expected(rows);
        double seconds = done > 0 ? spent().toSeconds() * (all - done) / done : all + options.warmUpSeconds();
        return seconds < 90 ? "some %.0f s left".formatted(seconds) : "some %.0f min left".formatted(seconds / 60);
    }

    private Duration spent() {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** In seconds. */
    private double expected(List<Row> some) {
        return some.stream().mapToDouble(this::expected).sum();
    }

    private double expected(Row each) {
        double measured = each.isLong() ? 60.0 * options.minutes() : options.seconds() + AROUND_A_MEASUREMENT;
        return each.rounds(options) * (1.0 + each.beside().size()) * measured;
    }

    void end() {
        if (onTerminal) {
            System.err.print("\r" + " ".repeat(WIDTH) + "\r");
        }
    }
}
