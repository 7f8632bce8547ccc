package dev.workflow.rest;

import dev.workflow.application.ChangeStatus;
import dev.workflow.application.ConsumeWorkflows;
import dev.workflow.application.Lifecycle;
import dev.workflow.application.QueueFront;
import dev.workflow.application.RelayOutbox;
import dev.workflow.application.ReportHealth;
import dev.workflow.application.Schedule;
import dev.workflow.application.SubmitWorkflows;
import dev.workflow.contracts.InMemoryStore;
import dev.workflow.csv.JsonCsvExporter;
import dev.workflow.domain.Health;
import dev.workflow.domain.TimeOrderedIds;
import dev.workflow.domain.port.Dependency;
import dev.workflow.domain.port.WorkflowRepository;
import dev.workflow.memory.InMemoryWorkflowQueue;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.URI;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The whole service but for its database: HTTP, use cases, an in-memory queue, and a store that can be made to fail. */
final class TestService implements AutoCloseable {
    private static final int QUEUE_CAPACITY = 100_000;

    final InMemoryStore store = new InMemoryStore(InstantSource.system());
    final InMemoryWorkflowQueue queue = new InMemoryWorkflowQueue(QUEUE_CAPACITY);
    final Lifecycle lifecycle = new Lifecycle();
    final TimeOrderedIds ids = new TimeOrderedIds(InstantSource.system());
    volatile Health databaseHealth = new Health.Up(Map.of("fsync", "on"));
    volatile Health queueHealth = new Health.Up(Map.of());
    final SubmitWorkflows submit;
    final ConsumeWorkflows consume;
    private final Schedule schedule = new Schedule();
    private final RelayOutbox relay = new RelayOutbox(store, queue);
    private final ApplicationContext context;
    private final EmbeddedServer server;

    private TestService(UnaryOperator<WorkflowRepository> repositories, Map<String, Object> properties) {
        WorkflowRepository repository = repositories.apply(store);
        submit = new SubmitWorkflows(repository, ids, relay, schedule);
        consume = new ConsumeWorkflows(store, new QueueFront(queue, schedule), relay, ids, schedule);
        Map<String, Object> all = new LinkedHashMap<>(properties);
        all.put("micronaut.server.port", -1);
        all.put("micronaut.server.host", "127.0.0.1");
        context = ApplicationContext.builder()
                .banner(false)
                .deduceEnvironment(false)
                .properties(all)
                .singletons(
                        repository,
                        submit,
                        consume,
                        new ChangeStatus(repository, relay),
                        new ReportHealth(
                                dependency("database", () -> databaseHealth),
                                dependency("queue", () -> queueHealth),
                                lifecycle),
                        lifecycle,
                        new JsonCsvExporter())
                .start();
        server = context.getBean(EmbeddedServer.class).start();
        relay.start();
        lifecycle.serve();
    }

    private static Dependency dependency(String name, Supplier<Health> health) {
        return new Dependency() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Health check() {
                return health.get();
            }
        };
    }

    static TestService start(Map<String, Object> properties) {
        return new TestService(store -> store, properties);
    }

    /** @param repositories puts something between the service and its store */
    static TestService start(UnaryOperator<WorkflowRepository> repositories) {
        return new TestService(repositories, Map.of());
    }

    static TestService start(UnaryOperator<WorkflowRepository> repositories, Map<String, Object> properties) {
        return new TestService(repositories, properties);
    }

    URI uri(String target) {
        return server.getURI().resolve(target);
    }

    int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        submit.close();
        consume.close();
        relay.close();
        context.close();
        schedule.close();
    }
}
