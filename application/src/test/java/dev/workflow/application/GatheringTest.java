package dev.workflow.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workflow.contracts.Eventually;
import dev.workflow.domain.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GatheringTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final Schedule schedule = new Schedule();
    private final BlockingQueue<List<Member>> batches = new LinkedBlockingQueue<>();
    private final CountDownLatch gate = new CountDownLatch(1);

    @AfterEach
    void stop() {
        gate.countDown();
        schedule.close();
    }

    @Test
    void servesALoneMemberAtOnce() throws InterruptedException {
        try (Gathering<Member> gathering = open(limits(10, 10, 10))) {
            gathering.join(new Member(1, 1));

            assertThat(nextBatch()).hasSize(1);
        }
    }

    /** What it needs is still in the caches. */
    @Test
    void theThreadThatWorkedLastWorksAgain() throws InterruptedException {
        BlockingQueue<Thread> workers = new LinkedBlockingQueue<>();
        try (Gathering<Member> gathering =
                new Gathering<>("again", limits(10, 10, 10), schedule, batch -> workers.add(Thread.currentThread()))) {
            awaitRest("again-1", "again-2");
            gathering.join(new Member(1, 1));
            Thread first = workers.take();
            for (int i = 0; i < 5; i++) {
                awaitRest(first.getName());
                gathering.join(new Member(1, 1));
                assertThat(workers.take()).isSameAs(first);
            }
        }
    }

    private static void awaitRest(String... threads) {
        Eventually.holds(
                "the threads wait",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getState() == Thread.State.WAITING)
                        .map(Thread::getName)
                        .collect(Collectors.toSet())
                        .containsAll(List.of(threads)));
    }

    @Test
    void makesOneBatchOfThoseWhoWaitWhileBothThreadsWork() throws InterruptedException {
        try (Gathering<Member> gathering = occupied(limits(100, 100, 1000))) {
            List<Member> waiting = join(gathering, 20, 1, 1);
            gate.countDown();

            assertThat(nextBatch()).isEqualTo(waiting);
        }
    }

    @Test
    void aBatchBesideAnotherGrowsToItsSize() throws InterruptedException {
        Gathering.Limits growing = new Gathering.Limits(100, 100, 1000, Long.MAX_VALUE, LONG, LONG);
        try (Gathering<Member> gathering = occupiedByOne(growing, 3)) {
            List<Member> waiting = new ArrayList<>(join(gathering, 2, 1, 1));
            assertThat(batches).isEmpty();
            waiting.addAll(join(gathering, 1, 1, 1));

            assertThat(nextBatch()).isEqualTo(waiting);
            gate.countDown();
        }
    }

    @Test
    void aBatchIsNotHeldBackOnceTheOtherHasEnded() throws InterruptedException {
        Gathering.Limits growing = new Gathering.Limits(100, 100, 1000, Long.MAX_VALUE, LONG, LONG);
        try (Gathering<Member> gathering = occupiedByOne(growing, 3)) {
            List<Member> waiting = join(gathering, 2, 1, 1);
            gate.countDown();

            assertThat(nextBatch()).isEqualTo(waiting);
        }
    }

    @Test
    void aBatchGrowsForAMomentOnly() throws InterruptedException {
        Gathering.Limits growing = new Gathering.Limits(100, 100, 1000, Long.MAX_VALUE, Duration.ofMillis(1), LONG);
        try (Gathering<Member> gathering = occupiedByOne(growing, 3)) {
            List<Member> waiting = join(gathering, 2, 1, 1);

            assertThat(nextBatch()).isEqualTo(waiting);
            gate.countDown();
        }
    }

    @Test
    void cutsABatchAtEachOfItsLimits() throws InterruptedException {
        try (Gathering<Member> gathering = occupied(limits(3, 100, 1000))) {
            join(gathering, 5, 1, 1);
            gate.countDown();
            assertThat(sizes(2)).containsExactlyInAnyOrder(3, 2);
        }
    }

    @Test
    void cutsABatchByRows() throws InterruptedException {
        try (Gathering<Member> gathering = occupied(limits(100, 10, 1000))) {
            join(gathering, 4, 4, 1);
            gate.countDown();
            assertThat(sizes(2)).containsExactlyInAnyOrder(2, 2);
        }
    }

    @Test
    void cutsABatchByBytes() throws InterruptedException {
        try (Gathering<Member> gathering = occupied(limits(100, 100, 10))) {
            join(gathering, 4, 1, 4);
            gate.countDown();
            assertThat(sizes(2)).containsExactlyInAnyOrder(2, 2);
        }
    }

    @Test
    void servesAMemberThatIsLargerThanABatchAlone() throws InterruptedException {
        try (Gathering<Member> gathering = open(limits(10, 10, 10))) {
            gathering.join(new Member(1000, 500));

            assertThat(nextBatch()).hasSize(1);
        }
    }

    @Test
    void refusesWhatTheLineCannotHoldAndGoesOnWithTheRest() throws InterruptedException {
        Gathering.Limits limits = new Gathering.Limits(100, 100, 100, 10, Duration.ZERO, LONG);
        try (Gathering<Member> gathering = occupied(limits)) {
            List<Member> waiting = join(gathering, 2, 1, 5);
            Member tooMuch = new Member(1, 1);
            gathering.join(tooMuch);

            assertThatThrownBy(tooMuch.answer::join).hasCauseInstanceOf(Fault.Overloaded.class);
            gate.countDown();
            assertThat(nextBatch()).isEqualTo(waiting);
            gathering.join(new Member(1, 10));
            assertThat(nextBatch()).hasSize(1);
        }
    }

    @Test
    void takesThoseOutWhoWaitTooLongSoThatNothingIsDoneForThem() throws InterruptedException {
        Gathering.Limits limits = new Gathering.Limits(100, 100, 100, 100, Duration.ZERO, Duration.ofMillis(1));
        try (Gathering<Member> gathering = occupied(limits)) {
            Member late = new Member(1, 1);
            gathering.join(late);

            assertThatThrownBy(late.answer::join).hasCauseInstanceOf(Fault.Overloaded.class);
            gate.countDown();
        }
        assertThat(batches).isEmpty();
    }

    @Test
    void failsEveryMemberOfABatchThatBreaksAndServesTheNext() throws InterruptedException {
        Fault away = new Fault.Unavailable("away");
        try (Gathering<Member> gathering = new Gathering<>("test", limits(1, 1, 1), schedule, batch -> {
            switch (batch.getFirst().rows()) {
                case 13 -> throw new IllegalArgumentException("thirteen");
                case 14 -> throw away;
                default -> batches.add(batch);
            }
        })) {
            Member broken = new Member(13, 1);
            gathering.join(broken);
            assertThatThrownBy(broken.answer::join).hasRootCauseMessage("thirteen");
            Member failed = new Member(14, 1);
            gathering.join(failed);
            assertThatThrownBy(failed.answer::join).hasCause(away);
            gathering.join(new Member(1, 1));
            gathering.join(new Member(13, 1));
            gathering.join(new Member(1, 1));

            assertThat(sizes(2)).containsExactly(1, 1);
        }
    }

    @Test
    void servesThoseWhoWaitWhenItClosesAndRefusesThoseWhoCome() throws InterruptedException {
        Gathering<Member> gathering = occupied(limits(100, 100, 1000));
        join(gathering, 3, 1, 1);
        gate.countDown();
        gathering.close();

        assertThat(nextBatch()).hasSize(3);
        Member late = new Member(1, 1);
        gathering.join(late);
        assertThatThrownBy(late.answer::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(Fault.Draining.class);
    }

    private Gathering<Member> open(Gathering.Limits limits) {
        return new Gathering<>("test", limits, schedule, batches::add);
    }

    /** Blockers are counted, and wait for the gate. */
    private Gathering<Member> openWithGate(Gathering.Limits limits, CountDownLatch busy) {
        return new Gathering<>("test", limits, schedule, batch -> {
            if (batch.getFirst() instanceof Blocker) {
                busy.countDown();
                Eventually.opens(gate);
            } else {
                batches.add(batch);
            }
        });
    }

    /** One whose two threads are busy until the gate opens. */
    private Gathering<Member> occupied(Gathering.Limits limits) throws InterruptedException {
        CountDownLatch busy = new CountDownLatch(2);
        Gathering<Member> gathering = openWithGate(limits, busy);
        gathering.join(new Blocker());
        while (busy.getCount() == 2) {
            busy.await(1, TimeUnit.MILLISECONDS);
        }
        gathering.join(new Blocker());
        busy.await();
        return gathering;
    }

    /** One of whose threads serves so many until the gate opens. */
    private Gathering<Member> occupiedByOne(Gathering.Limits limits, int members) throws InterruptedException {
        CountDownLatch busy = new CountDownLatch(1);
        Gathering<Member> gathering = openWithGate(limits, busy);
        gathering.join(
                IntStream.range(0, members).<Member>mapToObj(i -> new Blocker()).toList());
        busy.await();
        return gathering;
    }

    private static List<Member> join(Gathering<Member> gathering, int count, int rows, long bytes) {
        List<Member> members =
                IntStream.range(0, count).mapToObj(i -> new Member(rows, bytes)).toList();
        gathering.join(members);
        return members;
    }

    private List<Member> nextBatch() throws InterruptedException {
        return batches.take();
    }

    private List<Integer> sizes(int count) throws InterruptedException {
        Integer[] sizes = new Integer[count];
        for (int i = 0; i < count; i++) {
            sizes[i] = nextBatch().size();
        }
        return List.of(sizes);
    }

    private static Gathering.Limits limits(int members, int rows, long bytes) {
        return new Gathering.Limits(members, rows, bytes, Long.MAX_VALUE, Duration.ZERO, LONG);
    }

    private static class Member implements Gathering.Member {
        final CompletableFuture<Void> answer = new CompletableFuture<>();
        private final int rows;
        private final long bytes;

        Member(int rows, long bytes) {
            this.rows = rows;
            this.bytes = bytes;
        }

        @Override
        public int rows() {
            return rows;
        }

        @Override
        public long bytes() {
            return bytes;
        }

        @Override
        public void fail(RuntimeException why) {
            answer.completeExceptionally(why);
        }
    }

    private static final class Blocker extends Member {
        Blocker() {
            super(1, 0);
        }
    }
}
