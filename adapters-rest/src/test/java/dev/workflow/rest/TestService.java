package dev.workflow.rest;

import dev.workflow.application.ChangeStatus;
import dev.workflow.application.ConsumeWorkflows;
import dev.workflow.application.EndLeases;
import dev.workflow.application.Instruments;
import dev.workflow.application.Lifecycle;
import dev.workflow.application.QueueFront;
import dev.workflow.application.RedriveDead;
import dev.workflow.application.RelayOutbox;
import dev.workflow.application.ReportHealth;
import dev.workflow.application.ReportStats;
import dev.workflow.application.Schedule;
import dev.workflow.application.SettleDelivery;
import dev.workflow.application.SubmitWorkflows;
import dev.workflow.application.Throughput;
import dev.workflow.contracts.Eventually;
import dev.workflow.contracts.InMemoryStore;
import dev.workflow.csv.JsonCsvExporter;
import dev.workflow.domain.Content;
import dev.workflow.domain.Health;
import dev.workflow.domain.Submission;
import dev.workflow.domain.TimeOrderedIds;
import dev.workflow.domain.Utf8Text;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.port.DeliveryRepository;
import dev.workflow.domain.port.Dependency;
import dev.workflow.domain.port.WorkflowRepository;
import dev.workflow.memory.InMemoryWorkflowQueue;
import dev.workflow.rest.access.ApiKeys;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.RuntimeBeanDefinition;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.web.router.Router;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The whole service but for its database: HTTP, use cases, an in-memory queue, and a store that can be made to fail. */
final class TestService implements AutoCloseable {
    private static final int QUEUE_CAPACITY = 100_000;
    /** What was stored a moment ago reaches the queue sooner, however slow the machine is. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    final InMemoryStore store;
    final InMemoryWorkflowQueue queue = new InMemoryWorkflowQueue(QUEUE_CAPACITY);
    final Lifecycle lifecycle = new Lifecycle();
    volatile Health databaseHealth = new Health.Up(Map.of("fsync", "on"));
    volatile Health queueHealth = new Health.Up(Map.of());
    final SubmitWorkflows submit;
    final ConsumeWorkflows consume;
    private final SettleDelivery settle;
    private final Schedule schedule = new Schedule();
    private final TimeOrderedIds ids;
    private final RelayOutbox relay;
    private final EndLeases endLeases;
    private final ApplicationContext context;
    private final EmbeddedServer server;

    private TestService(
            InstantSource clock,
            UnaryOperator<WorkflowRepository> repositories,
            UnaryOperator<DeliveryRepository> claims,
            Map<String, Object> properties,
            Object... more) {
        store = new InMemoryStore(clock);
        relay = new RelayOutbox(store, queue);
        endLeases = new EndLeases(store, relay);
        WorkflowRepository repository = repositories.apply(store);
        ids = new TimeOrderedIds(clock);
        Instruments instruments = new Instruments(schedule, new Throughput(), ids);
        DeliveryRepository deliveries = claims.apply(store);
        consume =
                new ConsumeWorkflows(deliveries, new QueueFront(queue, schedule), relay, store, instruments, PATIENCE);
        submit = new SubmitWorkflows(repository, relay, consume::holds, instruments);
        settle = new SettleDelivery(deliveries, relay, instruments);
        Map<String, Object> all = new LinkedHashMap<>(properties);
        all.put("micronaut.server.port", -1);
        all.put("micronaut.server.host", "127.0.0.1");
        context = ApplicationContext.builder()
                .banner(false)
                .deduceEnvironment(false)
                .properties(all)
                .beanDefinitions(bean(WorkflowRepository.class, repository), bean(DeliveryRepository.class, store))
                .singletons(
                        submit,
                        consume,
                        new ChangeStatus(repository, relay, consume::holds),
                        settle,
                        new RedriveDead(store, relay, consume::holds),
                        new ReportStats(store, instruments.throughput()),
                        new ReportHealth(
                                dependency("database", () -> databaseHealth),
                                dependency("queue", () -> queueHealth),
                                lifecycle),
                        lifecycle,
                        new JsonCsvExporter())
                .singletons(more)
                .start();
        server = context.getBean(EmbeddedServer.class).start();
        relay.start();
        lifecycle.serve();
    }

    /** As one port only, whatever else it may be. */
    private static <T> RuntimeBeanDefinition<T> bean(Class<T> port, T adapter) {
        return RuntimeBeanDefinition.builder(port, () -> adapter)
                .singleton(true)
                .build();
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
        return start(store -> store, properties);
    }

    /** @param repositories puts something between the service and its store */
    static TestService start(UnaryOperator<WorkflowRepository> repositories) {
        return start(repositories, Map.of());
    }

    static TestService start(UnaryOperator<WorkflowRepository> repositories, Map<String, Object> properties) {
        return new TestService(InstantSource.system(), repositories, store -> store, properties);
    }

    /** @param claims puts something between those who consume and the store */
    static TestService startWithClaims(UnaryOperator<DeliveryRepository> claims, Map<String, Object> properties) {
        return new TestService(InstantSource.system(), store -> store, claims, properties);
    }

    /** @param clock that of the store, and of new ids */
    static TestService start(InstantSource clock) {
        return new TestService(clock, store -> store, store -> store, Map.of());
    }

    static TestService start(ApiKeys keys) {
        return new TestService(InstantSource.system(), store -> store, store -> store, Map.of(), keys);
    }

    /** Waits until all that was stored is in the queue, so that one answer can hold all of it. */
    void awaitPublished() {
        Eventually.holds("all is in the queue", store::isEmpty);
    }

    /** Waits until so many consumers wait for an arrival. */
    void awaitWaiting(int count) {
        Eventually.holds(count + " wait", () -> consume.waiting() == count);
    }

    /** Stores a workflow beside all requests, as another instance does. */
    UUID store(String data) {
        UUID id = ids.next();
        store.insert(List.of(new Submission(
                List.of(Workflow.submitted(id, new Content(Utf8Text.of(data), List.of()))), null)));
        return id;
    }

    /** Ends the leases and delays that are over, as happens all the time elsewhere. */
    void endLeases() {
        endLeases.pass();
    }

    URI uri(String target) {
        return server.getURI().resolve(target);
    }

    int port() {
        return server.getPort();
    }

    /** Method and path of all that can be asked for; what varies in a path is {@code {}}. */
    Set<String> routes() {
        return context.getBean(Router.class)
                .uriRoutes()
                .map(route -> route.getHttpMethodName() + " "
                        + route.getUriMatchTemplate().toString().replaceAll("\\{[^}]*}", "{}"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public void close() {
        submit.close();
        consume.close();
        settle.close();
        relay.close();
        context.close();
        schedule.close();
    }
}
