package dev.workflow.bootstrap;

import io.micronaut.context.ApplicationContext;
import java.net.BindException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A start of the service that may be told to end at any moment: whatever is open by then is closed. */
final class Launch implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Launch.class.getName());

    /** With what the database needs for its end, less than orchestrators wait before they kill. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Whoever leaves OPENING first decides: the start, that the service comes to serve, or the end, that it does not. */
    private enum Phase {
        OPENING,
        SERVING,
        FAILED,
        ENDING
    }

    private final Settings settings;
    private final ComingStorage storage;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.OPENING);
    /** Cancelled where nothing is open any more. */
    private final CompletableFuture<Service> outcome = new CompletableFuture<>();

    Launch(Settings settings) {
        this.settings = settings;
        this.storage = new ComingStorage(settings.storage(), settings.policy());
    }

    /**
     * Returns once the service serves and was announced. Throws a {@link StartFailure}, and leaves nothing running, where an
     * operator can mend it.
     *
     * @return empty when it was told to end before, and nothing is running
     */
    Optional<Service> run(Consumer<Service> announce) {
        storage.begin();
        ApplicationContext context = context();
        try {
            Service service = new Service(settings, storage, context.start());
            storage.await();
            if (!phase.compareAndSet(Phase.OPENING, Phase.SERVING)) {
                throw new CancellationException();
            }
            service.serve();
            announce.accept(service);
            outcome.complete(service);
            return Optional.of(service);
        } catch (RuntimeException e) {
            context.stop();
            storage.close();
            if (phase.getAndSet(Phase.FAILED) == Phase.ENDING) {
                return Optional.empty();
            }
            throw explained(e);
        } finally {
            outcome.cancel(false);
        }
    }

    private ApplicationContext context() {
        return ApplicationContext.builder()
                .banner(false)
                .singletons(Stream.of(settings, storage, settings.listen().apiKeys())
                        .filter(Objects::nonNull)
                        .toArray())
                .properties(Service.properties(settings.listen()))
                .build();
    }

    /** What went wrong deep below, if it is something that an operator can mend. */
    private RuntimeException explained(RuntimeException e) {
        Optional<StartFailure> failure = find(e, StartFailure.class);
        if (failure.isPresent()) {
            return failure.get();
        }
        if (find(e, BindException.class).isPresent()) {
            return settings.listen().address().refused(e);
        }
        return e;
    }

    private static <T extends Throwable> Optional<T> find(Throwable thrown, Class<T> type) {
        return Stream.iterate(thrown, each -> each != null, Throwable::getCause)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }

    /** Ends the service, or its start where that is still under way, and returns when that is done. */
    @Override
    public void close() {
        boolean tooSoon = phase.compareAndSet(Phase.OPENING, Phase.ENDING);
        if (tooSoon) {
            LOG.log(System.Logger.Level.INFO, "Told to end during the start.");
            storage.giveUp();
        }
        try {
            outcome.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).close();
        } catch (CancellationException e) {
            if (tooSoon) {
                LOG.log(System.Logger.Level.INFO, "Stopped.");
            }
        } catch (TimeoutException e) {
            LOG.log(System.Logger.Level.WARNING, "The start did not end within " + PATIENCE.toSeconds() + " s.");
        } catch (ExecutionException e) {
            LOG.log(System.Logger.Level.WARNING, "The start failed.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
