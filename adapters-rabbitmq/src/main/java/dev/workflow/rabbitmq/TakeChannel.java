package dev.workflow.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import dev.workflow.domain.QueueEntry;
import dev.workflow.domain.port.WorkflowQueue.Message;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

/**
 * A channel to take from, by one thread at a time, with what it delivered and nobody has settled. Settling, by any thread, is
 * computed and written under one lock: an answer for "all up to this one" must not overtake, or be overtaken by, one for a
 * message among them.
 */
final class TakeChannel {
    /** From here on a consumer is faster than so many gets. */
    private static final int GROUP = 4;
    /** How long a group may be on its way; it waits so long only where others took some of it. */
    private static final Duration PUSH = Duration.ofMillis(20);

    /** A quorum queue may put what was given back behind what waits. */
    private static final Comparator<Message> QUEUED = Comparator.<Message, Instant>comparing(
                    message -> message.entry().queuedAt())
            .thenComparing(message -> message.entry().workflowId(), TakeChannel::compareUnsigned);

    private static int compareUnsigned(UUID one, UUID other) {
        int high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
    }

    private final TakeSession session;
    private final Channel channel;
    private final String queue;
    private final NavigableSet<Long> unsettled = new TreeSet<>();
    /** How many messages the queue had when it was last asked, less what was taken here since. */
    private long known;

    private int prefetch;
    private long groups;

    TakeChannel(TakeSession session, Channel channel, String queue) {
        this.session = session;
        this.channel = channel;
        this.queue = queue;
        channel.setDefaultConsumer(new LateMessages(channel));
    }

    TakeSession session() {
        return session;
    }

    /** At most {@code max}, oldest first; fewer only when the queue was seen empty. */
    List<Message> take(int max) throws IOException {
        List<Message> taken = new ArrayList<>();
        boolean mayHaveMore = true;
        while (taken.size() < max && mayHaveMore) {
            int group = (int) Math.min(known, max - taken.size());
            if (group >= GROUP) {
                takeGroup(group, taken);
            } else {
                mayHaveMore = takeOne(taken);
            }
        }
        taken.sort(QUEUED);
        return taken;
    }

    /** @return false when the queue was empty at that moment */
    private boolean takeOne(List<Message> taken) throws IOException {
        GetResponse got = channel.basicGet(queue, false);
        if (got == null) {
            known = 0;
            return false;
        }
        known = got.getMessageCount();
        addTo(taken, got);
        return true;
    }

    /**
     * By a consumer that lives for no more than these: the broker sends no more than the prefetch before the first is settled,
     * and nothing after the end of the consumer has been answered.
     */
    private void takeGroup(int size, List<Message> taken) throws IOException {
        if (prefetch != size) {
            channel.basicQos(size);
            prefetch = size;
        }
        String name = "group-" + groups++;
        Pushed pushed = new Pushed(size);
        channel.basicConsume(queue, false, name, pushed);
        pushed.awaitAll(PUSH);
        channel.basicCancel(name);
        List<GetResponse> arrivals = pushed.untilEnd(Deadlines.ANSWER);
        for (GetResponse each : arrivals) {
            addTo(taken, each);
        }
        known = arrivals.size() < size ? 0 : known - size;
    }

    private void addTo(List<Message> taken, GetResponse arrival) throws IOException {
        long tag = arrival.getEnvelope().getDeliveryTag();
        Optional<QueueEntry> entry = EntryBody.decode(arrival.getProps(), arrival.getBody());
        if (entry.isPresent()) {
            taken.add(delivered(entry.get(), tag));
        } else {
            drop(tag);
            session.droppedForeign();
        }
    }

    private synchronized RabbitMessage delivered(QueueEntry entry, long tag) {
        unsettled.add(tag);
        return new RabbitMessage(entry, this, tag);
    }

    private synchronized void drop(long tag) throws IOException {
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
