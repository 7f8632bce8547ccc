package dev.workflow.benchmarks.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** On what the figures were taken. Names no folder and no host. */
final class MachineFacts {
    private static final Pattern CACHE = Pattern.compile("\"?-XX:AOTCache=[^\"\\n]*\"?");

    private MachineFacts() {}

    static Map<String, Object> of(Bench bench, Path jar) throws IOException {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("taken", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        facts.put("cores", Runtime.getRuntime().availableProcessors());
        facts.put("processor", line("/proc/cpuinfo", "model name"));
        facts.put("memory", line("/proc/meminfo", "MemTotal"));
        facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        facts.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        facts.put(
                "options",
                CACHE.matcher(Files.readString(ServiceProcess.optionsOf(jar)))
                        .replaceAll("-XX:AOTCache=workflow.aot")
                        .strip()
                        .replaceAll("\\s+", " "));
        facts.put("postgresql", bench.postgres().database("postgres").text("SHOW server_version"));
        facts.put("pgbench", said(bench, Program.PGBENCH, "--version"));
        facts.put("seconds", bench.options().seconds());
        facts.put("rounds", bench.options().rounds());
        return facts;
    }

    private static String said(Bench bench, Program program, String argument) {
        return program.found()
                .map(path -> bench.sandbox()
                        .run(Duration.ofSeconds(10), List.of(path.toString(), argument))
                        .strip())
                .orElse("");
    }

    private static String line(String file, String name) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }
}
