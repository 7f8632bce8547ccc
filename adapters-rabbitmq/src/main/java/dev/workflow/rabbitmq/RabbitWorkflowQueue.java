package dev.workflow.rabbitmq;

import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import dev.workflow.domain.Fault;
import dev.workflow.domain.Health;
import dev.workflow.domain.QueueEntry;
import dev.workflow.domain.port.Dependency;
import dev.workflow.domain.port.WorkflowQueue;
import java.io.IOException;
import java.time.Duration;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * One durable queue of persistent messages. Connects by itself, from {@link #start} on and as often as it takes. What depends
 * on a stage that it answers with may run on a thread that serves others too, and must not block.
 */
public final class RabbitWorkflowQueue implements WorkflowQueue, Dependency, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(RabbitWorkflowQueue.class.getName());

    private static final Duration FIRST_TRY = Duration.ofSeconds(1);

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Deadlines deadlines = new Deadlines();
    private final AtomicLong foreign = new AtomicLong();
    private final Link<PublishSession> publishing;
    private final Link<TakeSession> taking;
    private final Publisher publisher;
    private final BrokerHealth health;

    @FunctionalInterface
    private interface Settling {
        void settle(TakeChannel channel, Collection<Long> tags) throws IOException;
    }

    /**
     * A queue that connects once it is started.
     *
     * @param factory where the broker is and who we are; deadlines, heartbeat and recovery are the adapter's own
     */
    public RabbitWorkflowQueue(ConnectionFactory factory, RabbitSettings settings) {
        Topology topology = new Topology(settings);
        String where = factory.getHost() + ":" + factory.getPort();
        publishing = new Link<>("publishing", where, () -> PublishSession.open(factory, topology), () -> {});
        taking = new Link<>("taking", where, () -> TakeSession.open(factory, topology, foreign), this::tellArrival);
        publisher = new Publisher(publishing, deadlines);
        health = new BrokerHealth(settings, publishing, taking, foreign, this::depth);
    }

    /** Connects, so that the first consumer finds the queue; a broker that is away, or does not answer soon, holds nothing up. */
    public void start() {
        publishing.start();
        taking.start();
        publishing.awaitFirstTry(FIRST_TRY);
        taking.awaitFirstTry(FIRST_TRY);
    }

    @Override
    public CompletionStage<BitSet> publish(List<QueueEntry> entries) {
        return publisher.publish(entries).whenComplete((published, failure) -> {
            if (failure == null && !published.isEmpty()) {
                tellArrival();
            }
        });
    }

    @Override
    public CompletionStage<List<Message>> take(int max) {
        return ask(session -> session.take(max));
    }

    @Override
    public CompletionStage<Long> depth() {
        return ask(TakeSession::depth);
    }

    private <T> CompletableFuture<T> ask(Function<TakeSession, CompletableFuture<T>> question) {
        try {
            TakeSession session = taking.session();
            return inTime(session, () -> question.apply(session));
        } catch (Fault.Unavailable fault) {
            return CompletableFuture.failedFuture(fault);
        }
    }

    private <T> CompletableFuture<T> inTime(Session session, Supplier<CompletableFuture<T>> asking) {
        Future<?> alarm = deadlines.after(Deadlines.ANSWER, () -> session.end("no answer in time"));
        return asking.get().whenComplete((answer, failure) -> alarm.cancel(false));
    }

    @Override
    public CompletionStage<Void> acknowledge(Collection<Message> messages) {
        return settle(messages, TakeChannel::acknowledge);
    }

    @Override
    public CompletionStage<Void> giveBack(Collection<Message> messages) {
        return settle(messages, TakeChannel::giveBack).thenRun(() -> {
            if (!messages.isEmpty()) {
                tellArrival();
            }
        });
    }

    /** Messages whose session has ended are with the broker again; the others are settled all the same. */
    private CompletableFuture<Void> settle(Collection<Message> messages, Settling how) {
        Map<TakeChannel, List<Long>> tags = messages.stream()
                .map(RabbitMessage.class::cast)
                .collect(Collectors.groupingBy(
                        RabbitMessage::channel, Collectors.mapping(RabbitMessage::tag, Collectors.toList())));
        return CompletableFuture.allOf(tags.entrySet().stream()
                .map(each -> settle(each.getKey(), each.getValue(), how))
                .toArray(CompletableFuture[]::new));
    }

    private CompletableFuture<Void> settle(TakeChannel channel, List<Long> tags, Settling how) {
        TakeSession session = channel.session();
        return inTime(session, () -> {
            try {
                how.settle(channel, tags);
                return CompletableFuture.completedFuture(null);
            } catch (IOException | ShutdownSignalException e) {
                session.end(Reasons.of(e));
                return CompletableFuture.failedFuture(Fault.Unavailable.broker("The broker is away: " + Reasons.of(e)));
            }
        });
    }

    @Override
    public void onArrival(Runnable listener) {
        listeners.add(listener);
    }

    private void tellArrival() {
        for (Runnable listener : listeners) {
            try {
                listener.run();
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "Whoever waits for arrivals failed.", e);
            }
        }
    }

    @Override
    public String name() {
        return "queue";
    }

    @Override
    public Health check() {
        return health.check();
    }

    /** What was taken and not settled goes back to the queue. Takes a few seconds at most. */
    @Override
    public void close() {
        publisher.close();
        publishing.close();
        taking.close();
        deadlines.close();
    }
}
