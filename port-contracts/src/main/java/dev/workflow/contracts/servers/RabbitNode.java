package dev.workflow.contracts.servers;

import dev.workflow.contracts.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A RabbitMQ node of the test's own, from Debian's package, on free ports and in a temporary folder. It brings its own Erlang
 * port mapper: the one that all nodes of a machine usually share would tie tests to one another and outlive them.
 */
public final class RabbitNode implements AmqpBroker {
    /** The wrappers in /usr/sbin switch users and would not find this node's folder. */
    private static final Path SCRIPTS = Path.of("/usr/lib/rabbitmq/bin");

    private static final Duration BUSY_MACHINE = Duration.ofMinutes(2);

    private final Path home;
    private final int port = FreePort.any();
    private final int distributionPort = FreePort.any();
    private final int mapperPort = FreePort.any();
    private final Process mapper;
    private final Thread lastWill = new Thread(this::killAll, "rabbitmq-node-last-will");
    private @Nullable Process server;

    private RabbitNode(Path home) {
        this.home = home;
        this.mapper = spawn("epmd", List.of("epmd", "-port", Integer.toString(mapperPort), "-address", "127.0.0.1"));
        Runtime.getRuntime().addShutdownHook(lastWill);
    }

    /** Whether tests are to use RabbitMQ: because it is here, or because nothing else will do. */
    static boolean isWanted() {
        return isInstalled() || Boolean.parseBoolean(System.getenv("WORKFLOW_REQUIRE_RABBITMQ"));
    }

    private static boolean isInstalled() {
        return Files.isExecutable(SCRIPTS.resolve("rabbitmq-server"));
    }

    /** Returns when it accepts connections. */
    public static RabbitNode start() {
        if (!isInstalled()) {
            throw new IllegalStateException("WORKFLOW_REQUIRE_RABBITMQ is set, and rabbitmq-server is not installed.");
        }
        RabbitNode node = new RabbitNode(makeHome());
        node.configure();
        node.restart();
        return node;
    }

    private static Path makeHome() {
        try {
            return Files.createTempDirectory("rabbitmq-node-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void configure() {
        write("enabled_plugins", "[].\n");
        write("rabbitmq.conf", """
                listeners.tcp.1 = 127.0.0.1:%d
                log.console = false
                log.file.level = warning
                raft.wal_max_size_bytes = 16777216
                """.formatted(port));
    }

    private void write(String file, String text) {
        try {
            Files.writeString(home.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String uri() {
        return "amqp://guest:guest@127.0.0.1:" + port;
    }

    /** Starts it again on the same ports with what it has stored. Returns when it accepts connections. */
    public void restart() {
        Process started =
                spawn("server", List.of(SCRIPTS.resolve("rabbitmq-server").toString()));
        server = started;
        Eventually.holds("a RabbitMQ node that listens; see " + home, BUSY_MACHINE, () -> {
            if (!started.isAlive()) {
                throw new IllegalStateException("RabbitMQ did not start; see " + home);
            }
            return isListening();
        });
    }

    private boolean isListening() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Waits until {@link #kill} cannot break the quorum queue any more. RabbitMQ writes down that a quorum queue exists about half a
     * second after it has said so; killed before that, it has a queue that never answers again (rabbitmq-server #15725).
     */
    public void awaitOnDisk(String quorumQueue) {
        Eventually.holds(
                "a quorum queue that is written down",
                () -> registries().anyMatch(file -> read(file).contains(quorumQueue)));
    }

    private Stream<Path> registries() {
        try (Stream<Path> files = Files.walk(home.resolve("mnesia"))) {
            return files.filter(file -> file.endsWith("names.dets")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As by {@code kill -9}. Returns when it is gone. */
    public void kill() {
        killTree(server);
    }

    /** Stops it in the middle of whatever it does: connections stay open, and nothing answers. */
    public void freeze() {
        signal("-STOP");
        Process running = server;
        if (running != null) {
            Eventually.holds(
                    "all its threads stand still",
                    () -> running.descendants()
                            .allMatch(each -> standsStill(Path.of("/proc/" + each.pid() + "/task"))));
        }
    }

    /** A signal is delivered a moment after it was sent, and to one thread after the other. */
    private static boolean standsStill(Path threads) {
        if (!Files.exists(threads)) {
            return true;
        }
        try (Stream<Path> all = Files.list(threads)) {
            for (Path each : all.toList()) {
                String status = Files.readString(each.resolve("stat"));
                char state = status.charAt(status.lastIndexOf(')') + 2);
                if (state != 'T' && state != 'Z') {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false; // one has ended meanwhile: look again
        }
    }

    /** Lets it go on after {@link #freeze}. */
    public void thaw() {
        signal("-CONT");
    }

    private void signal(String signal) {
        Process running = server;
        if (running != null) {
            List<String> command = new ArrayList<>(List.of("kill", signal));
            running.descendants().forEach(each -> command.add(Long.toString(each.pid())));
            run("kill", command);
        }
    }

    /** Stops it and forgets all that it has stored, so that {@link #restart} finds an empty one. */
    public void wipe() {
        kill();
        delete(home.resolve("mnesia"));
    }

    /** Raises the memory alarm: the broker stops reading from everyone who publishes. */
    public void raiseAlarm() {
        control("set_vm_memory_high_watermark", "0");
    }

    public void clearAlarm() {
        control("set_vm_memory_high_watermark", "0.8");
    }

    /** Ends every connection, as an operator would. */
    public void closeConnections() {
        control("close_all_connections", "closed by the test");
    }

    /** Runs {@code rabbitmqctl} on this node. */
    public void control(String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(SCRIPTS.resolve("rabbitmqctl").toString(), "-q"));
        command.addAll(List.of(arguments));
        run("rabbitmqctl", command);
    }

    private void run(String name, List<String> command) {
        Process process = spawn(name, command);
        if (!hasEnded(process) || process.exitValue() != 0) {
            killTree(process);
            throw new IllegalStateException(name + " failed; see " + home);
        }
    }

    private static boolean hasEnded(Process process) {
        try {
            return process.waitFor(BUSY_MACHINE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Process spawn(String name, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        home.resolve(name + ".out").toFile()));
        builder.environment().putAll(environment());
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> environment() {
        return Map.ofEntries(
                Map.entry("HOME", home.toString()),
                Map.entry("RABBITMQ_NODENAME", "workflow-" + port + "@localhost"),
                Map.entry("RABBITMQ_DIST_PORT", Integer.toString(distributionPort)),
                Map.entry("RABBITMQ_MNESIA_BASE", home.resolve("mnesia").toString()),
                Map.entry("RABBITMQ_LOG_BASE", home.resolve("log").toString()),
                Map.entry("RABBITMQ_PID_FILE", home.resolve("pid").toString()),
                Map.entry(
                        "RABBITMQ_ENABLED_PLUGINS_FILE",
                        home.resolve("enabled_plugins").toString()),
                Map.entry("RABBITMQ_CONFIG_FILE", home.resolve("rabbitmq.conf").toString()),
                Map.entry("RABBITMQ_CONF_ENV_FILE", "/dev/null"),
                // Its schedulers would spin while idle, at the cost of everything else on a small machine.
                Map.entry(
                        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS",
                        "-kernel inet_dist_use_interface {127,0,0,1} +sbwt none"),
                Map.entry("ERL_EPMD_PORT", Integer.toString(mapperPort)),
                Map.entry("ERL_EPMD_ADDRESS", "127.0.0.1"));
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(lastWill);
        killAll();
        delete(home);
    }

    private void killAll() {
        killTree(server);
        killTree(mapper);
    }

    /** The server is a shell that starts an Erlang machine that starts more. */
    private static void killTree(@Nullable Process process) {
        if (process == null) {
            return;
        }
        List<ProcessHandle> tree = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        tree.forEach(ProcessHandle::destroyForcibly);
        tree.forEach(each -> each.onExit().join());
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
