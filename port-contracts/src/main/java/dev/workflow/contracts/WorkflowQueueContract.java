package dev.workflow.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.workflow.domain.QueueEntry;
import dev.workflow.domain.port.WorkflowQueue;
import dev.workflow.domain.port.WorkflowQueue.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every queue of workflows does. Times between publishing and taking are the broker's, so they are waited for. */
public abstract class WorkflowQueueContract {
    /** More than any stage's own deadline. */
    private static final long PATIENCE_SECONDS = 30;

    private WorkflowQueue queue;

    /** A queue of its own for each call, with nothing in it and ready for use. */
    protected abstract WorkflowQueue emptyQueue();

    /** False for a broker that counts what is taken and not yet settled as waiting. */
    protected boolean tellsTakenFromWaiting() {
        return true;
    }

    @BeforeEach
    final void open() {
        queue = emptyQueue();
    }

    @Test
    void firstInFirstOut() {
        List<QueueEntry> entries = entriesFrom(0, 10);
        publish(entries);

        assertThat(entriesOf(take(4))).isEqualTo(entries.subList(0, 4));
        assertThat(entriesOf(take(6))).isEqualTo(entries.subList(4, 10));
    }

    @Test
    void oneByOneTheOrderIsKeptToo() {
        List<QueueEntry> entries = entriesFrom(0, 20);
        entries.forEach(entry -> publish(List.of(entry)));

        for (QueueEntry entry : entries) {
            assertThat(entriesOf(take(1))).containsExactly(entry);
        }
    }

    @Test
    void entriesComeOutAsTheyWentIn() {
        QueueEntry early = new QueueEntry(new UUID(0, 0), Instant.parse("1969-12-31T23:59:59.999999Z"));
        QueueEntry late = new QueueEntry(new UUID(-1, -1), Instant.parse("2999-01-01T00:00:00.000001Z"));
        publish(List.of(early, late));

        assertThat(entriesOf(take(2))).containsExactly(early, late);
    }

    @Test
    void anEmptyQueueAnswersEmpty() {
        assertThat(take(1)).isEmpty();
        assertThat(take(100)).isEmpty();
        assertThat(await(queue.depth())).isZero();
    }

    @Test
    void aTakeAnswersWithWhatIsThere() {
        publish(entriesFrom(0, 3));

        assertThat(take(50)).hasSize(3);
        assertThat(take(50)).isEmpty();
    }

    @Test
    void aTakeLeavesTheRestToOthers() {
        assumeTrue(tellsTakenFromWaiting());
        publish(entriesFrom(0, 100));

        assertThat(take(1)).hasSize(1);
        assertThat(take(39)).hasSize(39);

        eventuallyDeep(60);
        assertThat(take(100)).hasSize(60);
    }

    @Test
    void publishingNothingPublishesNothing() {
        assertThat(await(queue.publish(List.of())).isEmpty()).isTrue();
        assertThat(await(queue.depth())).isZero();
    }

    @Test
    void aBigBatchIsPublishedWhole() {
        publish(entriesFrom(0, 1000));

        eventuallyDeep(1000);
    }

    @Test
    void theSameEntryMayBePublishedTwice() {
        QueueEntry entry = entriesFrom(0, 1).getFirst();
        publish(List.of(entry, entry));

        assertThat(entriesOf(take(3))).containsExactly(entry, entry);
    }

    @Test
    void whatIsTakenIsNotGivenToAnyoneElse() {
        publish(entriesFrom(0, 1));

        assertThat(take(1)).hasSize(1);
        assertThat(take(1)).isEmpty();
    }

    @Test
    void whatIsGivenBackComesBeforeWhatWaits() {
        List<QueueEntry> entries = entriesFrom(0, 6);
        publish(entries);

        await(queue.giveBack(take(3)));

        assertGiven(entries);
    }

    /** In an order that leaves gaps everywhere, so that no answer may stand for a message that it does not name. */
    @Test
    void onlyWhatIsNamedIsAcknowledged() {
        publish(entriesFrom(0, 60));
        List<Message> messages = take(60);
        List<Message> named = every(3, messages);
        List<Message> others = without(named, messages);

        await(queue.acknowledge(named));
        await(queue.giveBack(others));

        assertGiven(entriesOf(others));
        assertThat(take(1)).isEmpty();
    }

    @Test
    void onlyWhatIsNamedIsGivenBack() {
        publish(entriesFrom(0, 60));
        List<Message> messages = take(60);
        List<Message> named = every(3, messages);

        await(queue.giveBack(named));
        assertGiven(entriesOf(named));

        await(queue.giveBack(without(named, messages)));
        assertGiven(entriesOf(without(named, messages)));
    }

    /** Some brokers drop what came back often: a quorum queue of RabbitMQ 4 after 20 times, unless it is told otherwise. */
    @Test
    void whatIsGivenBackTimeAndAgainIsNotLost() {
        List<QueueEntry> entries = entriesFrom(0, 3);
        publish(entries);

        for (int i = 0; i < 25; i++) {
            await(queue.giveBack(awaitMessages(3)));
        }

        assertGiven(entries);
    }

    private static List<Message> every(int nth, List<Message> messages) {
        return IntStream.range(0, messages.size())
                .filter(i -> i % nth == 1)
                .mapToObj(messages::get)
                .toList();
    }

    private static List<Message> without(List<Message> some, List<Message> all) {
        List<Message> rest = new ArrayList<>(all);
        rest.removeAll(some);
        return rest;
    }

    @Test
    void settlingAgainChangesNothing() {
        publish(entriesFrom(0, 3));
        List<Message> messages = take(2);

        await(queue.acknowledge(messages));
        await(queue.acknowledge(messages));
        await(queue.giveBack(messages));

        assertThat(entriesOf(take(5))).isEqualTo(entriesFrom(2, 1));
    }

    @Test
    void settlingNothingIsFine() {
        await(queue.acknowledge(List.of()));
        await(queue.giveBack(List.of()));
    }

    @Test
    void depthCountsWhatNobodyHasTaken() {
        assumeTrue(tellsTakenFromWaiting());
        publish(entriesFrom(0, 5));
        eventuallyDeep(5);

        List<Message> taken = take(2);
        eventuallyDeep(3);

        await(queue.giveBack(taken));
        eventuallyDeep(5);
    }

    @Test
    void arrivalsAreTold() throws InterruptedException {
        CountDownLatch arrival = new CountDownLatch(1);
        queue.onArrival(arrival::countDown);

        publish(entriesFrom(0, 1));

        assertThat(arrival.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whatIsGivenBackIsAnArrival() throws InterruptedException {
        publish(entriesFrom(0, 1));
        List<Message> taken = take(1);
        CountDownLatch arrival = new CountDownLatch(1);
        queue.onArrival(arrival::countDown);

        await(queue.giveBack(taken));

        assertThat(arrival.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void manyTakersNeverShareAMessage() throws Exception {
        List<QueueEntry> entries = entriesFrom(0, 500);
        publish(entries);

        Callable<List<QueueEntry>> taking = () -> takeAll(7);
        assertThat(Together.run(Collections.nCopies(4, taking))).containsExactlyInAnyOrderElementsOf(entries);
    }

    @Test
    void manyPublishersLoseNothing() throws Exception {
        List<QueueEntry> entries = entriesFrom(0, 50);

        Together.run(thread -> publish(entries));

        eventuallyDeep(Together.THREADS * 50L);
    }

    private List<QueueEntry> takeAll(int max) {
        List<QueueEntry> all = new ArrayList<>();
        List<Message> some = take(max);
        while (!some.isEmpty()) {
            await(queue.acknowledge(some));
            all.addAll(entriesOf(some));
            some = take(max);
        }
        return all;
    }

    /** A broker may need a moment to put returned messages in line again; only one that tells when it has keeps the order. */
    private void assertGiven(List<QueueEntry> expected) {
        if (tellsTakenFromWaiting()) {
            eventuallyDeep(expected.size());
            assertThat(entriesOf(take(expected.size() + 1))).isEqualTo(expected);
            return;
        }
        List<QueueEntry> taken = entriesOf(awaitMessages(expected.size()));
        assertThat(taken).containsExactlyInAnyOrderElementsOf(expected);
    }

    private void eventuallyDeep(long depth) {
        Eventually.holds("a depth of " + depth, () -> await(queue.depth()) == depth);
    }

    private void publish(List<QueueEntry> entries) {
        BitSet published = await(queue.publish(entries));
        assertThat(published.cardinality()).isEqualTo(entries.size());
    }

    private List<Message> take(int max) {
        return await(queue.take(max));
    }

    /** At least so many. */
    private List<Message> awaitMessages(int count) {
        List<Message> taken = new ArrayList<>();
        Eventually.holds(count + " messages", () -> {
            taken.addAll(take(count + 1));
            return taken.size() >= count;
        });
        return taken;
    }

    private static List<QueueEntry> entriesOf(List<Message> messages) {
        return messages.stream().map(Message::entry).toList();
    }

    /** Entries that were queued one microsecond after the other, the same ones for the same numbers. */
    protected static List<QueueEntry> entriesFrom(int first, int count) {
        Instant start = Instant.parse("2026-01-02T03:04:05.000006Z");
        return IntStream.range(first, first + count)
                .mapToObj(i -> new QueueEntry(new UUID(7, i), start.plusNanos(1000L * i)))
                .toList();
    }

    /** What the stage completes with; the failure's cause as it is when it fails. */
    protected static <T> T await(CompletionStage<T> stage) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new AssertionError(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("The stage did not complete.", e);
        }
    }
}
