package dev.workflow.benchmarks.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code benchmarks/run}: reads the command line, measures, and prints the table. */
final class BenchmarkRun {
    private BenchmarkRun() {}

    /** The first argument is the root of the project; the script says it. */
    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]);
        String[] rest = List.of(arguments).subList(1, arguments.length).toArray(String[]::new);
        Optional<Options> options;
        try {
            options = Options.parse(rest, root);
        } catch (IllegalArgumentException e) {
            System.err.println("benchmarks/run: " + e.getMessage() + " See benchmarks/run --help.");
            System.exit(2);
            return;
        }
        System.exit(options.isEmpty() ? help() : run(options.get(), root));
    }

    private static int help() {
        System.out.print(Options.HELP);
        return 0;
    }

    private static int run(Options options, Path root) throws IOException {
        List<Row> rows = Rows.all().stream().filter(options::wants).toList();
        if (options.list()) {
            rows.forEach(row -> System.out.printf("%-24s %s, queue %s%n", row.name(), row.title(), row.queue()));
            return 0;
        }
        if (rows.isEmpty()) {
            System.err.println("benchmarks/run: no row has such a name. See benchmarks/run --list.");
            return 2;
        }
        try (Sandbox sandbox = Sandbox.open();
                Bench bench = new Bench(options, root, sandbox)) {
            List<Result> results = new Runner(bench, new Progress(rows, options)).run(rows);
            Map<String, Object> machine = MachineFacts.of(bench, root.resolve("bootstrap/target/workflow.jar"));
            Docs docs = new Docs(Json.of(machine, results), Table.of(results) + footnote(machine), Chart.of(results));
            docs.writeTo(options.out());
            if (options.docs()) {
                docs.publishTo(root.resolve("docs"));
            }
            System.out.print(docs.table());
            System.out.println("\nFiles: " + options.out());
            results.stream()
                    .flatMap(result -> result.sides().stream())
                    .filter(Result.Outcome::isBroken)
                    .forEach(side ->
                            System.err.println("benchmarks/run: broken: " + side.name() + ": " + side.reason()));
            return results.stream().anyMatch(Result::isBroken) ? 1 : 0;
        }
    }

    private static String footnote(Map<String, Object> machine) {
        return "\n%s of %s s, taken at %s on %s cores (%s) that also ran the load.\n"
                .formatted(
                        machine.get("rounds").equals(1)
                                ? "One round"
                                : "Medians of " + machine.get("rounds") + " rounds",
                        machine.get("seconds"),
                        machine.get("taken"),
                        machine.get("cores"),
                        machine.get("processor"));
    }
}
