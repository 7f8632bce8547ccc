package dev.workflow.benchmarks.run;

import dev.workflow.contracts.servers.FreePort;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The packaged jar with the options that it ships with, in a JVM of its own. */
final class ServiceProcess {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2);
    private static final byte[] FIRST = """
            POST /workflow HTTP/1.1\r
            Host: localhost\r
            Connection: close\r
            Content-Type: application/json\r
            Content-Length: 11\r
            \r
            {"data": 1}""".getBytes(StandardCharsets.US_ASCII);

    private final Sandbox sandbox;
    private final int port = FreePort.any();
    private final Process process;
    private final double millisToFirst;

    private ServiceProcess(Sandbox sandbox, String name, Path jar, Map<String, String> settings) {
        this.sandbox = sandbox;
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("PORT", Integer.toString(port));
        environment.put("DRAIN_DELAY", "0s");
        long begin = System.nanoTime();
        process = sandbox.start(name, environment, command(jar));
        while (!isStored()) {
            if (!process.isAlive() || System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new Broken(
                        "The service did not start: " + sandbox.logged(name).strip());
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        millisToFirst = (System.nanoTime() - begin) / 1e6;
    }

    /** Returns when the first workflow was answered 201. */
    static ServiceProcess start(Sandbox sandbox, String name, Path jar, Map<String, String> settings) {
        return new ServiceProcess(sandbox, name, jar, settings);
    }

    private static List<String> command(Path jar) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return List.of(java, "@" + optionsOf(jar), "-jar", jar.toString());
    }

    static Path optionsOf(Path jar) {
        return jar.resolveSibling("workflow.options");
    }

    private boolean isStored() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write(FIRST);
            InputStream in = socket.getInputStream();
            return new String(in.readNBytes(12), StandardCharsets.US_ASCII).equals("HTTP/1.1 201");
        } catch (IOException e) {
            return false;
        }
    }

    double millisToFirst() {
        return millisToFirst;
    }

    String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    /** Resident memory in MB, as Linux tells it. */
    double residentMegabytes() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .findFirst()
                            .orElse(0)
                    / 1024.0;
        } catch (IOException e) {
            return Double.NaN;
        }
    }

    void stop() {
        sandbox.stop(process, "TERM");
    }
}
