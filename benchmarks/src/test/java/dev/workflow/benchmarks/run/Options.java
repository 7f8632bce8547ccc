package dev.workflow.benchmarks.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the command line asks for. */
record Options(
        Pattern only,
        int seconds,
        int rounds,
        long rows,
        boolean quick,
        boolean peers,
        int minutes,
        boolean docs,
        boolean list,
        Path out) {
    static final String HELP = """
            Measures the packaged service beside pgbench on one private PostgreSQL, and prints a table with ratios.

              benchmarks/run                 the whole table, some 25 minutes
              benchmarks/run --quick         a short look at most of it, under two minutes; judges nothing
              benchmarks/run --only post     the rows whose name has "post" in it (a regular expression)
              benchmarks/run --list          the names of the rows

              --seconds N   how long each measurement lasts (5; quick: 1)
              --rounds N    how often it is repeated, in turns with what it is compared with; the median counts (3; quick: 1)
              --rows N      how many workflows the rows "list" and "growth" store (1000000; quick: 50000)
              --peers       other queues beside it, too
              --minutes N   also a steady 5,000 workflows a second for so long, the row "steady"
              --out FOLDER  where results.json, results.md and chart.svg go (benchmarks/target/results)
              --docs        also puts them into docs/: benchmarks.json, benchmarks.svg, and the table in benchmarks.md
              --help        this

            It needs wrk and pgbench, and for some rows curl and RabbitMQ (Debian: apt-get install wrk postgresql curl rabbitmq-server).
            What is not there is left out, and the table says why. Everything runs on free ports of the loopback interface and in
            a temporary folder. The exit code is 1 when a row could not be measured, whatever the figures are.
            """;

    static Optional<Options> parse(String[] arguments, Path root) {
        Reader reader = new Reader(arguments);
        boolean quick = reader.flag("--quick");
        if (reader.flag("--help") || reader.flag("-h")) {
            return Optional.empty();
        }
        Options options = new Options(
                Pattern.compile(reader.value("--only", "")),
                reader.number("--seconds", quick ? 1 : 5),
                reader.number("--rounds", quick ? 1 : 3),
                reader.number("--rows", quick ? 50_000 : 1_000_000),
                quick,
                reader.flag("--peers"),
                reader.number("--minutes", 0),
                reader.flag("--docs"),
                reader.flag("--list"),
                Path.of(reader.value(
                                "--out",
                                root.resolve("benchmarks/target/results").toString()))
                        .toAbsolutePath());
        reader.refuseTheRest();
        return Optional.of(options);
    }

    boolean wants(Row row) {
        return only.matcher(row.name()).find()
                && (peers || !row.isPeer())
                && (minutes > 0 || !row.isLong())
                && (!quick || row.isQuick());
    }

    /** How long connections and code warm up before anything is measured. */
    int warmUpSeconds() {
        return quick ? 3 : 25;
    }

    private static final class Reader {
        private final List<String> rest;

        Reader(String[] arguments) {
            rest = new ArrayList<>(List.of(arguments));
        }

        boolean flag(String name) {
            return rest.remove(name);
        }

        String value(String name, String otherwise) {
            int at = rest.indexOf(name);
            if (at < 0) {
                return otherwise;
            }
            if (at + 1 == rest.size()) {
                throw new IllegalArgumentException(name + " wants a value.");
            }
            rest.remove(at);
            return rest.remove(at);
        }

        int number(String name, int otherwise) {
            if (!rest.contains(name)) {
                return otherwise;
            }
            String value = value(name, "");
            if (!value.matches("[1-9]\\d{0,8}")) {
                throw new IllegalArgumentException(name + " wants a number from 1 on, not " + value + ".");
            }
            return Integer.parseInt(value);
        }

        void refuseTheRest() {
            if (!rest.isEmpty()) {
                throw new IllegalArgumentException("Unknown: " + String.join(" ", rest) + ".");
            }
        }
    }
}
