package dev.workflow.benchmarks.run;

import dev.workflow.contracts.servers.RabbitNode;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The private servers of a run. Each starts when the first row asks for it. */
final class Bench implements AutoCloseable {
    private static final int WARM_CONNECTIONS = 64;

    private final Options options;
    private final Path root;
    private final Path jar;
    private final Path scripts;
    private final Sandbox sandbox;
    private final Map<Stage, Scene> scenes = new EnumMap<>(Stage.class);
    private final Map<Peer, String> peers = new EnumMap<>(Peer.class);
    private @Nullable Path unpacked;
    private @Nullable PostgresServer postgres;
    private @Nullable RabbitNode broker;
    private @Nullable Database bare;

    Bench(Options options, Path root, Sandbox sandbox) {
        this.options = options;
        this.root = root;
        this.jar = root.resolve("bootstrap/target/workflow.jar");
        this.scripts = root.resolve("benchmarks");
        this.sandbox = sandbox;
    }

    Options options() {
        return options;
    }

    Sandbox sandbox() {
        return sandbox;
    }

    Path root() {
        return root;
    }

    Path scripts() {
        return scripts;
    }

    /** Where a peer listens. It is started when it is asked for the first time. */
    String address(Peer peer) {
        return peers.computeIfAbsent(peer, each -> each.started(this));
    }

    boolean isNew(Peer peer) {
        return !peers.containsKey(peer);
    }

    Wrk wrk() {
        return new Wrk(sandbox, scripts);
    }

    PgBench pgbench() {
        return new PgBench(sandbox, bare());
    }

    ServiceProcess start(String name, Map<String, String> settings) {
        return ServiceProcess.start(sandbox, name, jar, settings);
    }

    /** A data folder on which the service has started before, with its embedded PostgreSQL. */
    Path unpacked() {
        Path folder = unpacked;
        if (folder == null) {
            folder = sandbox.resolve("unpacked");
            start("unpacking", Map.of("WORKFLOW_DATA_DIR", folder.toString())).stop();
            unpacked = folder;
        }
        return folder;
    }

    PostgresServer postgres() {
        PostgresServer server = postgres;
        if (server == null) {
            server = PostgresServer.start(sandbox, PostgresServer.programs(unpacked()), options.quick() ? 16 : 64);
            postgres = server;
        }
        return server;
    }

    RabbitNode broker() {
        RabbitNode node = broker;
        if (node == null) {
            node = RabbitNode.start();
            broker = node;
        }
        return node;
    }

    /** Where pgbench works. */
    Database bare() {
        Database database = bare;
        if (database == null) {
            database = postgres().create("bare");
            BareTables.create(database);
            bare = database;
        }
        return database;
    }

    /** The service on its stage; only what a row names may run. */
    Scene scene(Stage stage) {
        return scenes.computeIfAbsent(stage, this::open);
    }

    private Scene open(Stage stage) {
        Database database = postgres().create(stage.database());
        Scene scene = new Scene(start(stage.database(), settings(stage, database)), database);
        warmUp(stage, scene);
        return scene;
    }

    /** One more instance of the service on a stage, over the same database and queue. Whoever asks for it stops it. */
    ServiceProcess another(Stage stage) {
        return start(stage.database() + "_another", settings(stage, scene(stage).database()));
    }

    private Map<String, String> settings(Stage stage, Database database) {
        return stage.isOverRabbit()
                ? Map.of(
                        "DATABASE_URL", database.uri(),
                        "RABBITMQ_URI", broker().uri(),
                        "RABBITMQ_QUEUE", stage.database(),
                        "RABBITMQ_QUEUE_TYPE", stage.name().toLowerCase(Locale.ROOT))
                : Map.of("DATABASE_URL", database.uri());
    }

    /** A list reads the same code for every row: its own length warms it up. */
    private void warmUp(Stage stage, Scene scene) {
        if (stage != Stage.LIST && Program.WRK.found().isPresent()) {
            int seconds = options.warmUpSeconds();
            wrk().script("post.lua", WARM_CONNECTIONS, seconds, scene.url(""));
            scene.secondsUntilRelayed();
            wrk().get(WARM_CONNECTIONS, Math.max(1, seconds / 4), scene.url("/workflow/consume"));
            scene.takeBatches(Math.max(20, seconds * 4));
        }
    }

    /** Ends what runs on other stages. */
    void leaveOnly(Set<Stage> stages) {
        scenes.entrySet().removeIf(each -> {
            boolean isOver = !stages.contains(each.getKey());
            if (isOver) {
                each.getValue().close();
            }
            return isOver;
        });
    }

    @Override
    public void close() {
        leaveOnly(Set.of());
        if (broker != null) {
            broker.close();
        }
        if (postgres != null) {
            postgres.stop();
        }
    }
}
