package dev.workflow.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.Together;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads at once at one line. Whatever the order, everyone is answered, and once. */
@Timeout(60)
class GatheringStressTest {
    private static final class Member implements Gathering.Member {
        final int thread;
        final int number;
        final AtomicInteger answers = new AtomicInteger();

        Member(int thread, int number) {
            this.thread = thread;
            this.number = number;
        }

        @Override
        public int rows() {
            return 1 + number % 3;
        }

        @Override
        public long bytes() {
            return 10 + number % 7;
        }

        @Override
        public void fail(RuntimeException why) {
            answers.incrementAndGet();
        }
    }

    /** The line is too short for all, some lose their patience, and it is closed while others come. */
    @Test
    void everyMemberOfAGatheringIsAnsweredOnce() throws Exception {
        for (int round = 0; round < 20; round++) {
            Queue<Member> all = new ConcurrentLinkedQueue<>();
            Queue<List<Member>> batches = new ConcurrentLinkedQueue<>();
            Gathering.Limits limits =
                    new Gathering.Limits(50, 70, 400, 10_000, Duration.ofNanos(1000), Duration.ofMillis(1));
            try (Schedule schedule = new Schedule()) {
                Gathering<Member> gathering = new Gathering<>("stress", limits, schedule, batch -> {
                    batches.add(batch);
                    batch.forEach(member -> member.answers.incrementAndGet());
                });
                Together.run(thread -> {
                    for (int number = 0; number < 500; number++) {
                        Member member = new Member(thread, number);
                        all.add(member);
                        gathering.join(member);
                    }
                    if (thread == 0) {
                        gathering.close();
                    }
                });
            }
            assertThat(all).hasSize(Together.THREADS * 500).allMatch(member -> member.answers.get() == 1);
            batches.forEach(GatheringStressTest::assertInOrder);
        }
    }

    private static void assertInOrder(List<Member> batch) {
        assertThat(batch).hasSizeLessThanOrEqualTo(50);
        for (int thread = 0; thread < Together.THREADS; thread++) {
            int one = thread;
            assertThat(batch.stream()
                            .filter(each -> each.thread == one)
                            .map(each -> each.number)
                            .toList())
                    .isSorted();
        }
    }
}
