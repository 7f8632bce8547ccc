package dev.workflow.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.Return;
import com.rabbitmq.client.ShutdownSignalException;
import dev.workflow.domain.Fault;
import dev.workflow.domain.QueueEntry;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A channel that confirms what is published on it, one batch at a time. */
final class PublishSession extends Session {
    private static final int PERSISTENT = 2;
    private static final String DEFAULT_EXCHANGE = "";

    private final Topology topology;
    private final Channel channel;
    /** Written by the publishing thread, read by the connection's. */
    private volatile @Nullable Batch inFlight;

    private volatile @Nullable String blocked;

    private PublishSession(BrokerConnection connection, Topology topology) throws IOException {
        super(connection);
        this.topology = topology;
        this.channel = connection.openChannel();
    }

    static PublishSession open(ConnectionFactory factory, Topology topology) throws IOException, TimeoutException {
        BrokerConnection connection = BrokerConnection.open(factory, "workflow publishing");
        try {
            topology.declare(connection);
            PublishSession session = new PublishSession(connection, topology);
            session.listen();
            return session;
        } catch (IOException | TimeoutException | RuntimeException | Error e) {
            connection.kill();
            throw e;
        }
    }

    private void listen() throws IOException {
        connection().amqp().addBlockedListener(this::block, () -> blocked = null);
        channel.addReturnListener(this::returned);
        channel.addConfirmListener(
                (number, multiple) -> answered(number, multiple, true),
                (number, multiple) -> answered(number, multiple, false));
        channel.confirmSelect();
        watch(channel);
    }

    /** Why the broker takes nothing at the moment, or null. */
    @Nullable String blocked() {
        return blocked;
    }

    /** Returns once the batch is done. The caller sees to it that this session ends when that takes too long. */
    void publish(Batch batch) {
        inFlight = batch;
        try {
            failIfHopeless(batch);
            write(batch);
            awaitAnswers(batch);
        } catch (IOException | ShutdownSignalException e) {
            end(Reasons.of(e));
        } finally {
            inFlight = null;
        }
    }

    /** Looked at only after {@link #inFlight} is set: from then on the listeners fail the batch. */
    private void failIfHopeless(Batch batch) {
        String reason = blocked;
        if (reason != null) {
            batch.fail(blockedFor(reason));
        } else if (isEnded()) {
            batch.fail(Fault.Unavailable.broker("The broker is away: " + awaitEnd()));
        }
    }

    private void write(Batch batch) throws IOException {
        long number = channel.getNextPublishSeqNo();
        batch.begin(number);
        for (QueueEntry entry : batch.entries()) {
            if (batch.isDone()) {
                return;
            }
            channel.basicPublish(
                    DEFAULT_EXCHANGE, topology.queue(), true, properties(number++), EntryBody.encode(entry));
        }
    }

    /** A return carries no number of its own, so the message does. */
    private static AMQP.BasicProperties properties(long number) {
        return new AMQP.BasicProperties.Builder()
                .contentType(EntryBody.CONTENT_TYPE)
                .deliveryMode(PERSISTENT)
                .correlationId(Long.toString(number))
                .build();
    }

    /** What was returned or refused may mean that somebody deleted the queue. */
    private void awaitAnswers(Batch batch) throws IOException {
        try {
            if (batch.outcome().join().cardinality() < batch.entries().size() && !isEnded()) {
                topology.declare(connection());
            }
        } catch (CompletionException e) {
            // Whoever handed the batch in is told.
        } catch (TimeoutException e) {
            throw new IOException(e);
        }
    }

    private void answered(long number, boolean multiple, boolean confirmed) {
        Batch batch = inFlight;
        if (batch != null) {
            batch.answered(number, multiple, confirmed);
        }
    }

    private void returned(Return message) {
        Batch batch = inFlight;
        String number = message.getProperties().getCorrelationId();
        if (batch != null && number != null) {
            batch.returned(Long.parseLong(number));
        }
    }

    private void block(String reason) {
        blocked = reason;
        failInFlight(blockedFor(reason));
    }

    private static Fault.Unavailable blockedFor(String reason) {
        return Fault.Unavailable.broker("The broker takes no messages at the moment: " + reason);
    }

    @Override
    void ended(Fault.Unavailable fault) {
        failInFlight(fault);
    }

    private void failInFlight(Fault.Unavailable fault) {
        Batch batch = inFlight;
        if (batch != null) {
            batch.fail(fault);
        }
    }
}
