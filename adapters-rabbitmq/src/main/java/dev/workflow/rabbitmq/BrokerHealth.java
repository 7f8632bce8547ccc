package dev.workflow.rabbitmq;

import dev.workflow.domain.Fault;
import dev.workflow.domain.Health;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** How the broker is: connected both ways, and the queue answers. */
final class BrokerHealth {
    /** A little less than what a check may take. */
    private static final Duration PATIENCE = Duration.ofMillis(900);

    private final RabbitSettings settings;
    private final Link<PublishSession> publishing;
    private final Link<TakeSession> taking;
    private final AtomicLong foreign;
    private final Supplier<CompletionStage<Long>> depth;

    BrokerHealth(
            RabbitSettings settings,
            Link<PublishSession> publishing,
            Link<TakeSession> taking,
            AtomicLong foreign,
            Supplier<CompletionStage<Long>> depth) {
        this.settings = settings;
        this.publishing = publishing;
        this.taking = taking;
        this.foreign = foreign;
        this.depth = depth;
    }

    Health check() {
        try {
            PublishSession publisher = publishing.session();
            BrokerConnection broker = taking.session().connection();
            return new Health.Up(details(broker, publisher, waiting()));
        } catch (Fault.Unavailable fault) {
            return new Health.Down(String.valueOf(fault.getMessage()));
        }
    }

    private Map<String, String> details(BrokerConnection broker, PublishSession publisher, long waiting) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("kind", broker.product());
        details.put("version", broker.version());
        details.put("queue", settings.queue());
        details.put("type", settings.type().argument());
        details.put("waiting", Long.toString(waiting));
        String blocked = publisher.blocked();
        if (blocked != null) {
            details.put("publishing", "blocked by the broker: " + blocked);
        }
        if (foreign.get() > 0) {
            details.put("foreign messages dropped", foreign.toString());
        }
        return details;
    }

    private long waiting() {
        try {
            return depth.get().toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw Fault.Unavailable.broker("The queue does not answer.");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Fault.Unavailable fault
                    ? fault
                    : Fault.Unavailable.broker("The queue failed.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Fault.Unavailable.broker("The check was interrupted.");
        }
    }
}
