package dev.workflow.benchmarks.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Loads a URL with wrk and reads what it prints. */
record Wrk(Sandbox sandbox, Path scripts) {
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([\\d.]+)");
    private static final Pattern TOTAL = Pattern.compile("(\\d+) requests in");
    private static final Pattern REFUSED = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");
    private static final Pattern SOCKET_ERRORS = Pattern.compile("Socket errors:.*");
    private static final Map<String, Double> MILLIS_IN = Map.of("us", 0.001, "ms", 1.0, "s", 1000.0, "m", 60_000.0);

    /** Requests in a second, with the latencies that half and 99 in a hundred stay within. */
    Sample get(int connections, int seconds, String url) {
        return load(connections, seconds, url, List.of(), List.of());
    }

    Sample script(String script, int connections, int seconds, String url, String... arguments) {
        return load(
                connections, seconds, url, List.of("-s", scripts.resolve(script).toString()), List.of(arguments));
    }

    private Sample load(int connections, int seconds, String url, List<String> script, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Program.WRK.path(),
                "--latency",
                "-t",
                connections < 2 ? "1" : "2",
                "-c",
                Integer.toString(connections),
                "-d",
                seconds + "s",
                "--timeout",
                "30s"));
        command.addAll(script);
        command.add(url);
        command.add("--");
        command.addAll(arguments);
        return read(sandbox.run(Duration.ofSeconds(seconds + 60L), command));
    }

    static Sample read(String said) {
        refuse(SOCKET_ERRORS, said);
        refuse(REFUSED, said);
        if (number(TOTAL, said) == 0) {
            throw new Broken("wrk had no answer at all");
        }
        return Sample.of(number(RATE, said))
                .with("p50 ms", latency(said, "50%"))
                .with("p99 ms", latency(said, "99%"));
    }

    private static void refuse(Pattern error, String said) {
        Matcher matcher = error.matcher(said);
        if (matcher.find()) {
            throw new Broken("wrk says: " + matcher.group());
        }
    }

    private static double number(Pattern pattern, String said) {
        Matcher matcher = pattern.matcher(said);
        if (!matcher.find()) {
            throw new Broken("wrk did not say how much it did: " + said.strip());
        }
        return Double.parseDouble(matcher.group(1));
    }

    private static double latency(String said, String share) {
        Matcher matcher =
                Pattern.compile("\\s" + share + "\\s+([\\d.]+)(us|ms|s|m)\\b").matcher(said);
        return matcher.find()
                ? Double.parseDouble(matcher.group(1)) * MILLIS_IN.getOrDefault(matcher.group(2), Double.NaN)
                : Double.NaN;
    }
}
