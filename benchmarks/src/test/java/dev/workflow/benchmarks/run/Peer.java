package dev.workflow.benchmarks.run;

import dev.workflow.contracts.servers.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Another queue that takes messages over HTTP, started on a port of its own. Where it cannot be had, it is skipped. */
enum Peer {
    RABBITMQ("RabbitMQ's management API", "peers/rabbitmq.lua", Program.RABBITMQ) {
        @Override
        void start(Bench bench, int port) {
            String listener = "[{port, " + port + "}, {ip, \"127.0.0.1\"}]";
            Path plugins = bench.sandbox().write("plugins", "[rabbitmq_management].\n");
            bench.broker().control("eval", "application:set_env(rabbitmq_management, tcp_config, " + listener + ").");
            bench.broker()
                    .control(
                            "eval",
                            "{ok, _} = file:copy(\"" + plugins + "\", os:getenv(\"RABBITMQ_ENABLED_PLUGINS_FILE\")),"
                                    + " rabbit_plugins:ensure(os:getenv(\"RABBITMQ_ENABLED_PLUGINS_FILE\")).");
            awaitListener(port);
            declareQueue(port);
        }

        private void declareQueue(int port) {
            String guest = Base64.getEncoder().encodeToString("guest:guest".getBytes(StandardCharsets.US_ASCII));
            HttpRequest put = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/queues/%2F/peer"))
                    .header("Authorization", "Basic " + guest)
                    .header("Content-Type", "application/json")
                    .PUT(HttpRequest.BodyPublishers.ofString("{\"durable\": true}"))
                    .build();
            try (HttpClient http =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
                int status =
                        http.send(put, HttpResponse.BodyHandlers.discarding()).statusCode();
                if (status != 201) {
                    throw new Skip("RabbitMQ answered " + status + " when it was asked for a queue");
                }
            } catch (IOException e) {
                throw new Skip("RabbitMQ could not be asked for a queue: " + e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Broken("interrupted", e);
            }
        }
    },

    ELASTICMQ("ElasticMQ, messages stored in H2", "peers/elasticmq.lua") {
        @Override
        void start(Bench bench, int port) {
            Path classPath = bench.sandbox().resolve("elasticmq.class-path");
            obtained(
                    "ElasticMQ",
                    bench,
                    List.of(
                            bench.root().resolve("mvnw").toString(),
                            "-q",
                            "-B",
                            "-ntp",
                            "-f",
                            bench.scripts().resolve("peers/elasticmq.xml").toString(),
                            "dependency:build-classpath",
                            "-Dmdep.outputFile=" + classPath));
            bench.sandbox()
                    .start(
                            "elasticmq",
                            Map.of(),
                            List.of(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-cp",
                                    read(classPath).strip(),
                                    "-Dpeer.port=" + port,
                                    "-Dpeer.store=jdbc:h2:" + bench.sandbox().resolve("elasticmq"),
                                    "-Dconfig.file=" + bench.scripts().resolve("peers/elasticmq.conf"),
                                    "org.elasticmq.server.Main"));
            awaitListener(port);
        }
    },

    PG_BOSS("pg-boss behind node:http", "post.lua", Program.NODE, Program.NPM) {
        @Override
        void start(Bench bench, int port) {
            Path folder = bench.sandbox().resolve("pg-boss");
            obtained(
                    "pg-boss",
                    bench,
                    List.of(
                            Program.NPM.path(),
                            "install",
                            "--silent",
                            "--no-audit",
                            "--no-fund",
                            "--prefix",
                            folder.toString(),
                            "pg-boss@10"));
            bench.sandbox()
                    .start(
                            "pg-boss",
                            Map.of(),
                            List.of(
                                    Program.NODE.path(),
                                    bench.scripts().resolve("peers/pg-boss.mjs").toString(),
                                    folder.toString(),
                                    bench.postgres().create("pg_boss").uri(),
                                    Integer.toString(port)));
            awaitListener(port);
        }
    };

    private static final Duration DOWNLOAD = Duration.ofMinutes(3);
    private static final Duration START = Duration.ofMinutes(1);

    private final String title;
    private final String script;
    private final List<Program> needs;

    Peer(String title, String script, Program... needs) {
        this.title = title;
        this.script = script;
        this.needs = List.of(needs);
    }

    /** Returns when it listens. */
    abstract void start(Bench bench, int port);

    String title() {
        return title;
    }

    String script() {
        return script;
    }

    List<Program> needs() {
        return needs;
    }

    /** Its address. */
    String started(Bench bench) {
        int port = FreePort.any();
        start(bench, port);
        return "http://127.0.0.1:" + port;
    }

    private static void obtained(String name, Bench bench, List<String> command) {
        try {
            bench.sandbox().run(DOWNLOAD, command);
        } catch (Broken e) {
            throw new Skip(name + " is not to be had from its registry");
        }
    }

    void awaitListener(int port) {
        long deadline = System.nanoTime() + START.toNanos();
        while (!isListening(port)) {
            if (System.nanoTime() > deadline) {
                throw new Skip(title + " did not start");
            }
            Scene.pause(100);
        }
    }

    private static boolean isListening(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new Skip("its class path is not to be had: " + e.getMessage());
        }
    }
}
