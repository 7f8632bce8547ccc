package dev.workflow.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import dev.workflow.domain.Fault;
import dev.workflow.domain.port.WorkflowQueue.Message;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Channels to take from, each with a thread that waits for the broker; nothing is fetched that nobody asked for. */
final class TakeSession extends Session {
    private static final System.Logger LOG = System.getLogger(TakeSession.class.getName());
    /** So many takes at once. */
    private static final int CHANNELS = 4;

    private final String queue;
    private final AMQP.Queue.Declare countMessages;
    private final AtomicLong foreign;
    private final Channel control;
    private final BlockingQueue<TakeChannel> idle = new LinkedBlockingQueue<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(
            CHANNELS, Thread.ofPlatform().daemon().name("rabbitmq-take-", 1).factory());
    private final AtomicReference<CompletableFuture<Long>> depth =
            new AtomicReference<>(CompletableFuture.completedFuture(0L));

    private TakeSession(BrokerConnection connection, String queue, AtomicLong foreign) throws IOException {
        super(connection);
        this.queue = queue;
        this.foreign = foreign;
        this.countMessages =
                new AMQP.Queue.Declare.Builder().queue(queue).passive(true).build();
        this.control = connection.openChannel();
    }

    /**
     * Connects.
     *
     * @param foreign counts messages that somebody else put into the queue
     */
    static TakeSession open(ConnectionFactory factory, Topology topology, AtomicLong foreign)
            throws IOException, TimeoutException {
        BrokerConnection connection = BrokerConnection.open(factory, "workflow taking");
        try {
            topology.declare(connection);
            TakeSession session = new TakeSession(connection, topology.queue(), foreign);
            session.openChannels();
            return session;
        } catch (IOException | TimeoutException | RuntimeException | Error e) {
            connection.kill();
            throw e;
        }
    }

    private void openChannels() throws IOException {
        watch(control);
        for (int i = 0; i < CHANNELS; i++) {
            Channel channel = connection().openChannel();
            watch(channel);
            idle.add(new TakeChannel(this, channel, queue));
        }
    }

    CompletableFuture<List<Message>> take(int max) {
        CompletableFuture<List<Message>> outcome = new CompletableFuture<>();
        try {
            threads.execute(() -> take(max, outcome));
        } catch (RejectedExecutionException e) {
            outcome.completeExceptionally(away());
        }
        return outcome;
    }

    /** There are as many channels as threads. */
    private void take(int max, CompletableFuture<List<Message>> outcome) {
        TakeChannel channel = idle.remove();
        try {
            outcome.complete(channel.take(max));
        } catch (IOException | RuntimeException | Error e) {
            end(Reasons.of(e));
            outcome.completeExceptionally(away());
        } finally {
            idle.add(channel);
        }
    }

    private Fault.Unavailable away() {
        return Fault.Unavailable.broker("The broker is away: " + awaitEnd());
    }

    void droppedForeign() {
        foreign.incrementAndGet();
        LOG.log(
                System.Logger.Level.WARNING,
                "Dropped a message from the queue {0} that no workflow service wrote.",
                queue);
    }

    /** How many messages nobody has taken; whoever asks meanwhile shares the answer. */
    CompletableFuture<Long> depth() {
        CompletableFuture<Long> last = depth.get();
        CompletableFuture<Long> asked = new CompletableFuture<>();
        if (last.isDone() && depth.compareAndSet(last, asked)) {
            askDepth(asked);
            if (isEnded()) {
                ended(away());
            }
            return asked;
        }
        return depth.get();
    }

    private void askDepth(CompletableFuture<Long> asked) {
        try {
            var _ = control.asyncCompletableRpc(countMessages)
                    .thenAccept(command ->
                            asked.complete((long) ((AMQP.Queue.DeclareOk) command.getMethod()).getMessageCount()));
        } catch (IOException | ShutdownSignalException e) {
            end(Reasons.of(e));
        }
    }

    /** Threads that wait for an answer find that the connection is closed. */
    @Override
    void ended(Fault.Unavailable fault) {
        threads.shutdown();
        depth.get().completeExceptionally(fault);
    }
}
