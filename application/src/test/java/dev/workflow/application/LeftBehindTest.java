package dev.workflow.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.Eventually;
import dev.workflow.contracts.InMemoryStore;
import dev.workflow.domain.Content;
import dev.workflow.domain.Keyed;
import dev.workflow.domain.Submission;
import dev.workflow.domain.TimeOrderedIds;
import dev.workflow.domain.Utf8Text;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.delivery.DeliveryTerms;
import dev.workflow.domain.delivery.Form;
import dev.workflow.domain.port.DeliveryRepository;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a consumer left behind who went away while it was served beside others. */
@Timeout(60)
class LeftBehindTest {
    private final InMemoryStore store = new InMemoryStore(InstantSource.system());
    private final BrokerTwin broker = new BrokerTwin();
    private final Instruments instruments =
            new Instruments(new Schedule(), new Throughput(), new TimeOrderedIds(InstantSource.system()));
    private final RelayOutbox relay = new RelayOutbox(store, broker);
    private final CountDownLatch putBack = new CountDownLatch(1);
    private final AtomicBoolean gone = new AtomicBoolean();
    private final ConsumeWorkflows consume = new ConsumeWorkflows(
            putsBackLate(), new QueueFront(broker, instruments.schedule()), relay, store, instruments);

    /** As a database does that is going away. */
    private DeliveryRepository putsBackLate() {
        Class<DeliveryRepository> port = DeliveryRepository.class;
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (proxy, method, arguments) -> {
                    if (method.getName().equals("giveBack")) {
                        Eventually.opens(putBack);
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    @AfterEach
    void close() {
        putBack.countDown();
        consume.close();
        relay.close();
        instruments.schedule().close();
    }

    @Test
    void holdsUpNoOther() {
        Form leaving = new Form("leaving", workflows -> {
            gone.set(true);
            return Instance.DATA.render(workflows);
        });
        CompletableFuture<Keyed<ConsumeOutcome>> first = poll(leaving);
        Eventually.holds("the first waits", () -> consume.waiting() == 1);
        CompletableFuture<Keyed<ConsumeOutcome>> second = poll(Instance.DATA);
        Eventually.holds("both wait", () -> consume.waiting() == 2);
        store.insert(List.of(new Submission(
                Stream.of("1", "2")
                        .map(data ->
                                Workflow.submitted(instruments.ids().next(), new Content(Utf8Text.of(data), List.of())))
                        .toList(),
                null)));
        relay.step();

        Eventually.holds("the second has its answer", second::isDone);
        assertThat(first).isNotDone();
        putBack.countDown();
        assertThat(first.join()).isEqualTo(new Keyed.Fresh<>(new ConsumeOutcome.Nothing(true)));
    }

    private CompletableFuture<Keyed<ConsumeOutcome>> poll(Form form) {
        return consume.consume(new ConsumeOrder(
                        DeliveryTerms.finalIn(form),
                        1,
                        Instance.LONG_PATIENCE,
                        () -> form != Instance.DATA && gone.get()))
                .toCompletableFuture();
    }
}
