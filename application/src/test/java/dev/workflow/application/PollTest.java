package dev.workflow.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.Eventually;
import dev.workflow.contracts.InMemoryStore;
import dev.workflow.contracts.Outcomes;
import dev.workflow.domain.Keyed;
import dev.workflow.domain.RequestKey;
import dev.workflow.domain.delivery.DeliveryTerms;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** Consumers of one instance, who may wait. */
@Timeout(60)
abstract class PollTest {
    static final Duration LONG = Duration.ofMinutes(1);

    final InMemoryStore store = new InMemoryStore(InstantSource.system());
    final BrokerTwin broker = new BrokerTwin();
    final Instance instance = new Instance(store, broker);

    @AfterEach
    void stop() {
        instance.close();
    }

    void awaitWaiting(int count) {
        Eventually.holds(count + " wait", Duration.ofSeconds(30), () -> instance.consume.waiting() == count);
    }

    CompletableFuture<Keyed<ConsumeOutcome>> poll(Duration patience) {
        return consume(new ConsumeOrder(terms(null), 1, patience, () -> false));
    }

    CompletableFuture<Keyed<ConsumeOutcome>> pollWith(String key) {
        return consume(new ConsumeOrder(terms(key(key)), 1, LONG, () -> false));
    }

    CompletableFuture<Keyed<ConsumeOutcome>> consume(ConsumeOrder order) {
        return instance.consume.consume(order).toCompletableFuture();
    }

    static DeliveryTerms terms(@Nullable RequestKey key) {
        return new DeliveryTerms(Instance.DATA, null, key);
    }

    static RequestKey key(String key) {
        return new RequestKey("", key, "the request");
    }

    static String[] numbers(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toArray(String[]::new);
    }

    static String body(CompletableFuture<Keyed<ConsumeOutcome>> answer) {
        ConsumeOutcome outcome = Outcomes.fresh(answer.join());
        assertThat(outcome).isInstanceOf(ConsumeOutcome.Delivered.class);
        return ((ConsumeOutcome.Delivered) outcome).rendition().body().toString();
    }

    static String bodyOfAny(CompletableFuture<Keyed<ConsumeOutcome>> answer) {
        Keyed<ConsumeOutcome> outcome = answer.join();
        return outcome instanceof Keyed.Replayed<ConsumeOutcome>(ConsumeOutcome.Delivered delivered)
                ? delivered.rendition().body().toString()
                : body(answer);
    }
}
