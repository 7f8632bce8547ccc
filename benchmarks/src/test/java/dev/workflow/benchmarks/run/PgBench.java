package dev.workflow.benchmarks.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs one statement again and again with pgbench, prepared, on a database of its own beside that of the service. */
record PgBench(Sandbox sandbox, Database database) {
    static final String TRANSACTIONS = "transactions";

    private static final Pattern RATE = Pattern.compile("tps = ([\\d.]+)");
    private static final Pattern DONE = Pattern.compile("actually processed: (\\d+)");
    private static final Pattern LATENCY = Pattern.compile("latency average = ([\\d.]+) ms");

    private static final int TRIES = 3;

    /**
     * Transactions in a second, the time for connecting left out. Many connections can take longer to make than a short run
     * lasts, so one in which nothing was done is repeated for a longer time.
     */
    Sample run(Path script, int connections, int seconds) {
        String said = say(script, connections, seconds);
        for (int i = 1, longer = seconds; i < TRIES && did(said) == 0; i++) {
            longer *= 4;
            said = say(script, connections, longer);
        }
        if (did(said) == 0) {
            throw new Broken("pgbench did nothing: " + said.strip());
        }
        return Sample.of(number(RATE, said))
                .with("mean ms", number(LATENCY, said))
                .with(TRANSACTIONS, did(said));
    }

    private static double did(String said) {
        return number(DONE, said);
    }

    private String say(Path script, int connections, int seconds) {
        return sandbox.run(
                Duration.ofSeconds(seconds + 60L),
                List.of(
                        Program.PGBENCH.path(),
                        "-n",
                        "-M",
                        "prepared",
                        "-c",
                        Integer.toString(connections),
                        "-j",
                        connections < 2 ? "1" : "2",
                        "-T",
                        Integer.toString(seconds),
                        "-f",
                        script.toString(),
                        database.uri()));
    }

    private static double number(Pattern pattern, String said) {
        Matcher matcher = pattern.matcher(said);
        if (!matcher.find()) {
            throw new Broken("pgbench did not say how much it did: " + said.strip());
        }
        return Double.parseDouble(matcher.group(1));
    }
}
