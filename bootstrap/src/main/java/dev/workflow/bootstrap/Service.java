package dev.workflow.bootstrap;

import dev.workflow.application.ConsumeWorkflows;
import dev.workflow.application.Lifecycle;
import dev.workflow.application.RelayOutbox;
import dev.workflow.application.Schedule;
import dev.workflow.application.SettleDelivery;
import dev.workflow.application.SubmitWorkflows;
import dev.workflow.application.Throughput;
import dev.workflow.rest.access.ApiKeys;
import dev.workflow.rest.access.Role;
import io.micronaut.context.ApplicationContext;
import io.micronaut.http.server.netty.NettyEmbeddedServer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One running instance, from its start to the end of its drain. */
final class Service implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Service.class.getName());

    /** Beyond it a client is too slow to be waited for. */
    private static final Duration REQUESTS_PATIENCE = Duration.ofSeconds(5);

    private final Settings settings;
    private final ComingStorage storage;
    private final ApplicationContext context;
    private final NettyEmbeddedServer server;
    private final AtomicBoolean closed = new AtomicBoolean();

    Service(Settings settings, ComingStorage storage, ApplicationContext context) {
        this.settings = settings;
        this.storage = storage;
        this.context = context;
        this.server = context.getBean(NettyEmbeddedServer.class);
    }

    /** A service that nobody tells to end before it serves: see {@link Launch#run}. */
    static Service start(Settings settings) {
        return new Launch(settings).run(_ -> {}).orElseThrow();
    }

    static Map<String, Object> properties(Settings.Listen listen) {
        return Map.of(
                "micronaut.server.host",
                listen.address().host(),
                "micronaut.server.port",
                listen.address().port(),
                "workflow.console",
                listen.console(),
                // requests have ended by then; Netty would wait two seconds for more, in each of its groups
                "micronaut.netty.event-loops.default.shutdown-quiet-period",
                "0s",
                "micronaut.server.netty.parent.shutdown-quiet-period",
                "0s");
    }

    void serve() {
        // its rates count from now on, not from the first request
        context.getBean(Throughput.class);
        context.getBean(RelayOutbox.class).start();
        context.getBean(Housekeeping.class).begin(context.getBean(Schedule.class), settings.periods());
        server.start();
        context.getBean(Lifecycle.class).serve();
    }

    String uri() {
        return "http://" + inUri(settings.listen().address().host()) + ":" + server.getPort();
    }

    /** An address of all interfaces is none that a client can call. */
    static String inUri(String host) {
        return switch (host) {
            case "0.0.0.0", "::", "[::]" -> "localhost";
            default -> host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        };
    }

    /** What a user wants to know first. */
    String greeting() {
        return """
                Workflow is listening on %s
                  storage  %s
                  queue    %s
                  access   %s
                  console  %s
                  try      curl -i %s%s
                """.formatted(
                        uri(),
                        context.getBean(OpenStorage.class).description(),
                        context.getBean(OpenBroker.class).description(),
                        access(settings.listen().apiKeys()),
                        settings.listen().console() ? uri() + "/console" : "off",
                        uri(),
                        firstCall(settings.listen().apiKeys()));
    }

    /** One that at least one of the keys may do. */
    static String firstCall(@Nullable ApiKeys keys) {
        String submit = "/workflow -H 'Content-Type: application/json' -d '{\"data\": {\"name\": \"Ada\"}}'";
        if (keys == null) {
            return submit;
        }
        boolean maySubmit =
                keys.all().stream().anyMatch(key -> key.role() == Role.PRODUCER || key.role() == Role.ADMIN);
        return (maySubmit ? submit : "/workflow/stats") + " -H 'X-API-Key: <key>'";
    }

    static String access(@Nullable ApiKeys keys) {
        return keys == null
                ? "without a key, for whoever reaches this address"
                : keys.all().stream()
                        .map(key -> key.name() + " (" + key.role().word() + ")")
                        .distinct()
                        .collect(Collectors.joining(", ", "by API key: ", ""));
    }

    /** Drains: sends load balancers away, answers whoever is here, and ends. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        LOG.log(System.Logger.Level.INFO, "Draining.");
        context.getBean(Lifecycle.class).drain();
        context.getBean(ConsumeWorkflows.class).drain();
        pause(settings.periods().drainDelay());
        finishRequests();
        context.getBean(SubmitWorkflows.class).close();
        context.getBean(ConsumeWorkflows.class).close();
        context.getBean(SettleDelivery.class).close();
        context.getBean(RelayOutbox.class).close();
        context.stop();
        storage.close();
        LOG.log(System.Logger.Level.INFO, "Stopped.");
    }

    /** No request is accepted any more; those under way get their answers. */
    private void finishRequests() {
        try {
            server.shutdownGracefully().toCompletableFuture().get(REQUESTS_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.log(System.Logger.Level.WARNING, "Some requests did not end in time.", e);
        }
        server.stopServerOnly();
    }

    /** Load balancers need this long to see that readiness is gone. */
    private static void pause(Duration delay) {
        long end = System.nanoTime() + delay.toNanos();
        for (long left = delay.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
