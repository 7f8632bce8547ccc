package dev.workflow.bootstrap.jar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.Eventually;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Does what the README tells a reader to do, and looks whether the reader sees what the README shows. */
@Timeout(300)
class ReadmeIT {
    private static final Pattern EXAMPLE = Pattern.compile("```console\n\\$ (curl[^\n]*)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern SCRIPT = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");

    private record Example(String command, String output) {}

    /** The UUIDs of the README and those that stand for them here. */
    private final Map<String, String> actualIds = new HashMap<>();

    @Test
    void everyCallShowsWhatTheReadmeShows(@TempDir Path folder) throws Exception {
        List<Example> examples = examples();
        assertThat(examples).hasSizeGreaterThanOrEqualTo(4);
        try (RunningJar service = RunningJar.start(folder, Map.of()).awaitListening()) {
            Eventually.holds(
                    "it is ready", () -> service.get("/health/readiness").statusCode() == 200);
            for (Example example : examples) {
                // a reader types more slowly than this
                Eventually.holds(
                        "all is in the queue",
                        () -> service.get("/workflow/stats").body().contains("\"outbox\":0"));
                assertThat(shown(run(example, service))).as(example.command()).isEqualTo(shown(example.output()));
            }
        }
    }

    /** The one script of the README, with work that fails for Grace. */
    @Test
    void theScriptForLeasesDoesWhatItSays(@TempDir Path folder) throws Exception {
        Path work = Files.writeString(folder.resolve("work"), "#!/bin/sh\n! grep -q Grace \"$1\"\n");
        assertThat(work.toFile().setExecutable(true)).isTrue();
        try (RunningJar service = RunningJar.start(folder, Map.of()).awaitListening()) {
            for (String name : List.of("Ada", "Grace", "Mary")) {
                service.post("/workflow", "{\"data\":{\"name\":\"" + name + "\"}}");
            }
            Process script = new ProcessBuilder("bash", "-c", here(script(), service))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                Eventually.holds("Ada and Mary are done", () -> count(service, "consumed") == 2);
                Eventually.holds("Grace comes back later", () -> count(service, "delayed") == 1);
            } finally {
                script.descendants().forEach(ProcessHandle::destroy);
                script.destroy();
            }
        }
    }

    private static int count(RunningJar service, String state) {
        return service.get("/workflow?state=" + state).body().split("\"UUID\"", -1).length - 1;
    }

    private static String script() throws IOException {
        Matcher matcher = SCRIPT.matcher(Files.readString(Path.of("..", "README.md")));
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private static String here(String command, RunningJar service) {
        return command.replace("localhost:8000", service.uri().replace("http://", ""));
    }

    private static List<Example> examples() throws IOException {
        List<Example> examples = new ArrayList<>();
        Matcher matcher = EXAMPLE.matcher(Files.readString(Path.of("..", "README.md")));
        while (matcher.find()) {
            examples.add(new Example(matcher.group(1), matcher.group(2)));
        }
        return examples;
    }

    private String run(Example example, RunningJar service) throws Exception {
        String command = here(example.command(), service);
        for (Map.Entry<String, String> id : actualIds.entrySet()) {
            command = command.replace(id.getKey(), id.getValue());
        }
        Process curl = new ProcessBuilder("bash", "-c", command)
                .redirectErrorStream(true)
                .start();
        String output = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(curl.waitFor()).as(command).isZero();
        learnIds(example.output(), output);
        return output;
    }

    private void learnIds(String expected, String actual) {
        Matcher ours = UUID.matcher(expected);
        Matcher theirs = UUID.matcher(actual);
        while (ours.find() && theirs.find()) {
            actualIds.put(ours.group(), theirs.group());
        }
    }

    /** Without what differs from run to run; a terminal shows CRLF as a line's end. */
    private static String shown(String output) {
        String masked = TIME.matcher(UUID.matcher(output).replaceAll("<UUID>")).replaceAll("<time>");
        return masked.replace("\r\n", "\n").strip();
    }
}
