package dev.workflow.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Command;
import dev.workflow.domain.QueueEntry;
import java.io.IOException;
import java.util.Collection;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/**
 * A channel to take from, with what it delivered and nobody has settled. Settling is computed and written under one lock: an
 * answer for "all up to this one" must not overtake, or be overtaken by, one for a message among them.
 */
final class TakeChannel {
    private final TakeSession session;
    private final Channel channel;
    private final AMQP.Basic.Get get;
    private final NavigableSet<Long> unsettled = new TreeSet<>();

    TakeChannel(TakeSession session, Channel channel, String queue) {
        this.session = session;
        this.channel = channel;
        this.get = new AMQP.Basic.Get.Builder().queue(queue).build();
    }

    TakeSession session() {
        return session;
    }

    /** Asks for one message; the next time only after the answer. */
    CompletableFuture<Command> get() throws IOException {
        return channel.asyncCompletableRpc(get);
    }

    synchronized RabbitMessage delivered(QueueEntry entry, long tag) {
        unsettled.add(tag);
        return new RabbitMessage(entry, this, tag);
    }

    synchronized void drop(long tag) throws IOException {
        channel.basicAck(tag, false);
    }

    /** One answer for all from the oldest on, as far as they are named without a gap. */
    synchronized void acknowledge(Collection<Long> tags) throws IOException {
        NavigableSet<Long> named = unsettled(tags);
        long end = endOfRun(named);
        if (end > 0) {
            channel.basicAck(end, true);
        }
        for (long tag : named.tailSet(end, false)) {
            channel.basicAck(tag, false);
        }
        unsettled.removeAll(named);
    }

    /** One by one, since Qpid gives back only the last of several. A reject would count against a delivery limit. */
    synchronized void giveBack(Collection<Long> tags) throws IOException {
        NavigableSet<Long> named = unsettled(tags);
        for (long tag : named) {
            channel.basicNack(tag, false, true);
        }
        unsettled.removeAll(named);
    }

    /** Tags that were settled before are passed over. */
    private NavigableSet<Long> unsettled(Collection<Long> tags) {
        NavigableSet<Long> named = new TreeSet<>(tags);
        named.retainAll(unsettled);
        return named;
    }

    private long endOfRun(NavigableSet<Long> named) {
        long end = 0;
        for (long tag : unsettled) {
            if (!named.contains(tag)) {
                break;
            }
            end = tag;
        }
        return end;
    }
}
