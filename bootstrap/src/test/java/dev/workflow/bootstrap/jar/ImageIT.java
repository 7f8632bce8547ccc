package dev.workflow.bootstrap.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command that the container image runs, without a container. */
@Timeout(300)
class ImageIT {
    private static final Pattern ENTRY_POINT = Pattern.compile("(?m)^ENTRYPOINT \\[(.*)]$");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"");
    private static final int KILLED_BY_SIGTERM = 143;

    @TempDir
    private Path folder;

    @Test
    void optionsOfTheUserWinAndSignalsReachJava() throws IOException {
        Map<String, String> environment = Map.of(
                "PATH",
                Path.of(System.getProperty("java.home"), "bin") + File.pathSeparator + System.getenv("PATH"),
                "WORKFLOW_JAVA_OPTIONS",
                "-Xmx100m -XX:+PrintCommandLineFlags");
        try (RunningJar service =
                RunningJar.startAs(entryPoint(), folder, environment).awaitListening()) {
            assertThat(service.output()).contains("-XX:MaxHeapSize=104857600").doesNotContain("is no setting");
            service.terminate();

            assertThat(service.awaitEnd()).isEqualTo(KILLED_BY_SIGTERM);
            assertThat(service.output()).contains("Draining.", "Stopped.");
        }
    }

    private static List<String> entryPoint() throws IOException {
        Matcher entryPoint = ENTRY_POINT.matcher(Files.readString(Path.of("..", "Dockerfile")));
        assertThat(entryPoint.find()).isTrue();
        String here = Path.of("target").toAbsolutePath() + "/";
        return WORD.matcher(entryPoint.group(1))
                .results()
                .map((MatchResult word) -> word.group(1).replace("/opt/workflow/", here))
                .toList();
    }
}
