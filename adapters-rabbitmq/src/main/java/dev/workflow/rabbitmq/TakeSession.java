package dev.workflow.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Command;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import dev.workflow.domain.Fault;
import dev.workflow.domain.QueueEntry;
import dev.workflow.domain.port.WorkflowQueue.Message;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Channels to take from. A channel answers one get at a time, so several of them serve the takes that wait; whoever brings
 * an answer, the connection's own thread, sends the next get: no thread waits, and nothing is fetched that nobody asked for.
 */
final class TakeSession extends Session {
    private static final System.Logger LOG = System.getLogger(TakeSession.class.getName());
    /** From here on more channels bring no more on two cores. */
    private static final int CHANNELS = 16;

    private final String queue;
    private final AMQP.Queue.Declare countMessages;
    private final AtomicLong foreign;
    private final Channel control;
    /** Guards everything below and the takes; never held while writing. */
    private final Object lock = new Object();

    private final ArrayDeque<TakeChannel> idle = new ArrayDeque<>();
    private final ArrayDeque<Take> takes = new ArrayDeque<>();
    private CompletableFuture<Long> depth = CompletableFuture.completedFuture(0L);

    private record Get(TakeChannel channel, Take take) {}

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
        } catch (IOException | TimeoutException | RuntimeException e) {
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
        Take take = new Take(max);
        synchronized (lock) {
            takes.add(take);
        }
        failIfEnded();
        sendGets();
        return take.outcome();
    }

    /** Looked at only after what waits is known to {@link #ended}: from then on that fails it. */
    private void failIfEnded() {
        if (isEnded()) {
            ended(new Fault.Unavailable("The broker is away: " + awaitEnd()));
        }
    }

    private void sendGets() {
        Optional<Get> next = nextGet();
        while (next.isPresent()) {
            send(next.get());
            next = nextGet();
        }
    }

    private Optional<Get> nextGet() {
        synchronized (lock) {
            Optional<Take> take = idle.isEmpty()
                    ? Optional.empty()
                    : takes.stream().filter(Take::wantsMore).findFirst();
            take.ifPresent(Take::asked);
            return take.map(wanting -> new Get(idle.removeFirst(), wanting));
        }
    }

    private void send(Get get) {
        try {
            var _ = get.channel().get().thenAccept(command -> answered(get, command));
        } catch (IOException | ShutdownSignalException e) {
            end(Reasons.of(e));
        }
    }

    /** On the connection's thread. A failure is not passed here: it is the end of the session, which tells the takes. */
    private void answered(Get get, Command command) {
        Optional<Message> message = message(get.channel(), command);
        boolean empty = command.getMethod() instanceof AMQP.Basic.GetEmpty;
        synchronized (lock) {
            if (empty) {
                get.take().gotNothing();
            } else {
                message.ifPresentOrElse(get.take()::got, get.take()::gotForeign);
            }
            idle.addFirst(get.channel());
        }
        completeTakes();
        sendGets();
    }

    private Optional<Message> message(TakeChannel channel, Command command) {
        if (!(command.getMethod() instanceof AMQP.Basic.GetOk ok)) {
            return Optional.empty();
        }
        Optional<QueueEntry> entry =
                EntryBody.decode((AMQP.BasicProperties) command.getContentHeader(), command.getContentBody());
        if (entry.isEmpty()) {
            dropForeign(channel, ok.getDeliveryTag());
        }
        return entry.map(known -> channel.delivered(known, ok.getDeliveryTag()));
    }

    private void dropForeign(TakeChannel channel, long tag) {
        try {
            channel.drop(tag);
            foreign.incrementAndGet();
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Dropped a message from the queue {0} that no workflow service wrote.",
                    queue);
        } catch (IOException | ShutdownSignalException e) {
            end(Reasons.of(e));
        }
    }

    private void completeTakes() {
        List<Take> done = new ArrayList<>(1);
        synchronized (lock) {
            takes.removeIf(take -> take.isDone() && done.add(take));
        }
        done.forEach(Take::complete);
    }

    /** How many messages nobody has taken; whoever asks meanwhile shares the answer. */
    CompletableFuture<Long> depth() {
        CompletableFuture<Long> asked = new CompletableFuture<>();
        synchronized (lock) {
            if (!depth.isDone()) {
                return depth;
            }
            depth = asked;
        }
        askDepth(asked);
        failIfEnded();
        return asked;
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

    @Override
    void ended(Fault.Unavailable fault) {
        List<CompletableFuture<?>> waiting = new ArrayList<>();
        synchronized (lock) {
            takes.forEach(take -> waiting.add(take.outcome()));
            takes.clear();
            waiting.add(depth);
        }
        waiting.forEach(each -> each.completeExceptionally(fault));
    }
}
