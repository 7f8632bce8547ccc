package dev.workflow.bootstrap;

import dev.workflow.contracts.Eventually;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A headless Chromium with one tab, in a temporary folder, driven through its DevTools on a free port. */
final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern TAB =
            Pattern.compile("\"type\": \"page\".*?\"webSocketDebuggerUrl\": \"([^\"]+)\"", Pattern.DOTALL);
    private static final Pattern ID = Pattern.compile("^\\{\"id\":(\\d+)");
    private static final Pattern VALUE = Pattern.compile("\"type\":\"string\",\"value\":\"([^\"]*)\"");
    private static final Pattern FAULT =
            Pattern.compile("\"method\":\"Runtime.exceptionThrown\"|\"source\":\"security\"");

    private final Path folder;
    private final Process process;
    private final WebSocket tab;
    private final AtomicInteger lastId = new AtomicInteger();
    private final Map<String, CompletableFuture<String>> answers = new ConcurrentHashMap<>();
    private final List<String> faults = new CopyOnWriteArrayList<>();

    private Browser(String program) throws IOException {
        folder = Files.createTempDirectory("browser-");
        process = new ProcessBuilder(
                        program,
                        "--headless",
                        "--no-sandbox", // which root cannot have; it sees our own pages only
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--no-first-run",
                        "--lang=en",
                        "--user-data-dir=" + folder,
                        "--remote-debugging-port=0",
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        tab = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create(tabAddress()), new Incoming())
                .join();
        for (String domain : List.of("Runtime", "Log", "Page")) {
            command(domain + ".enable", "");
        }
    }

    /** Whether tests are to use one: because it is here, or because {@code WORKFLOW_REQUIRE_CHROMIUM} insists on it. */
    static boolean isWanted() {
        return program().isPresent() || Boolean.parseBoolean(System.getenv("WORKFLOW_REQUIRE_CHROMIUM"));
    }

    private static Optional<String> program() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(path -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(path, name)))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    static Browser start() {
        try {
            return new Browser(program()
                    .orElseThrow(() -> new IllegalStateException(
                            "WORKFLOW_REQUIRE_CHROMIUM is set, and chromium is not installed.")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String tabAddress() {
        Path ports = folder.resolve("DevToolsActivePort");
        String[] address = {""};
        Eventually.holds("a browser with a tab; see " + folder, () -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("Chromium did not start; see " + folder);
            }
            Matcher found = TAB.matcher(Files.exists(ports) ? tabs(ports) : "");
            if (found.find()) {
                address[0] = found.group(1);
            }
            return !address[0].isEmpty();
        });
        return address[0];
    }

    private static String tabs(Path ports) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            List<String> lines = Files.readAllLines(ports);
            if (lines.isEmpty()) {
                return "";
            }
            URI list = URI.create("http://127.0.0.1:" + lines.getFirst() + "/json/list");
            return http.send(HttpRequest.newBuilder(list).build(), BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return ""; // not there yet
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Takes answers to commands, and of all that is told beside them what must not happen. */
    private final class Incoming implements WebSocket.Listener {
        private final StringBuilder message = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            message.append(data);
            if (last) {
                take(message.toString());
                message.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        private void take(String text) {
            Matcher answer = ID.matcher(text);
            if (answer.find()) {
                answers.remove(answer.group(1)).complete(text);
            } else if (FAULT.matcher(text).find()) {
                faults.add(text);
            }
        }
    }

    /**
     * Tells Chromium something, and answers with what it answers.
     *
     * @param members of the JSON object of parameters
     */
    String command(String method, String members) {
        int id = lastId.incrementAndGet();
        CompletableFuture<String> answer = new CompletableFuture<>();
        answers.put(Integer.toString(id), answer);
        tab.sendText("{\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":{" + members + "}}", true)
                .join();
        String text = answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        if (text.startsWith("{\"id\":" + id + ",\"error\"")) {
            throw new AssertionError(method + ": " + text);
        }
        return text;
    }

    /** Loads a page anew. */
    void open(String uri) {
        command("Page.navigate", "\"url\":\"about:blank\"");
        command("Page.navigate", "\"url\":" + quoted(uri));
        awaits("document.readyState === 'complete' && location.href !== 'about:blank'");
    }

    /** The value of a script's expression as text, once it is there. */
    String value(String expression) {
        // percent-encoded it needs no reader of JSON
        String script = "(async () => encodeURIComponent(String(await (" + expression + "))))()";
        String answer = command(
                "Runtime.evaluate", "\"awaitPromise\":true,\"userGesture\":true,\"expression\":" + quoted(script));
        Matcher value = VALUE.matcher(answer);
        if (!value.find()) {
            throw new AssertionError(expression + ": " + answer);
        }
        return URLDecoder.decode(value.group(1).replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    void run(String statements) {
        value("(async () => {" + statements + "})()");
    }

    /** Waits until a condition holds; what stands on the page tells why it does not. */
    void awaits(String condition) {
        try {
            Eventually.holds(condition, PATIENCE, () -> value(condition).equals("true"));
        } catch (AssertionError e) {
            throw new AssertionError(value("document.body.innerText"), e);
        }
    }

    /** Waits until somebody who looks at the page can read a text. */
    void sees(String text) {
        awaits("document.body.innerText.includes(" + quoted(text) + ")");
    }

    /** Presses the one button or link that can be seen and has this name. */
    void press(String name) {
        String named = "[...document.querySelectorAll('button, a')].filter(each => each.checkVisibility()"
                + " && !each.disabled && each.textContent === " + quoted(name) + ")";
        awaits(named + ".length === 1");
        run(named + "[0].click()");
    }

    /** Writes into, chooses from or ticks the one control that can be seen and has this label. */
    void fill(String label, String text) {
        String labelled = "[...document.querySelectorAll('label')]"
                + ".filter(each => each.checkVisibility() && each.textContent.trim().startsWith(" + quoted(label)
                + "))";
        awaits(labelled + ".length > 0");
        run("const field = " + labelled + "[0].control;"
                + "field.focus(); field.value = " + quoted(text) + ";"
                + "field.dispatchEvent(new Event('change', {bubbles: true}))");
    }

    /** A key of the keyboard, as {@code KeyboardEvent.key} calls it. */
    void strike(String key, int code) {
        String which = "\"key\":" + quoted(key) + ",\"windowsVirtualKeyCode\":" + code;
        String text = key.equals("Enter") ? ",\"text\":\"\\r\"" : ""; // it would submit no form without
        command("Input.dispatchKeyEvent", "\"type\":\"keyDown\"," + which + text);
        command("Input.dispatchKeyEvent", "\"type\":\"keyUp\"," + which);
    }

    /** Does something on a screen of this width, as that of a telephone. */
    void onScreen(int width, Runnable work) {
        command(
                "Emulation.setDeviceMetricsOverride",
                "\"width\":" + width + ",\"height\":740,\"deviceScaleFactor\":1,\"mobile\":true");
        try {
            work.run();
        } finally {
            command("Emulation.clearDeviceMetricsOverride", "");
        }
    }

    /** Uncaught exceptions, and whatever the security policy forbade. */
    List<String> faults() {
        return faults;
    }

    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c < ' ' || c == '"' || c == '\\' || c > '~') {
                quoted.append(String.format("\\u%04x", c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }

    @Override
    public void close() {
        tab.abort();
        List<ProcessHandle> tree = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        tree.forEach(ProcessHandle::destroyForcibly);
        tree.forEach(each -> each.onExit().join());
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
