package dev.workflow.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.InMemoryStore;
import dev.workflow.contracts.SettableClock;
import dev.workflow.domain.Listing;
import dev.workflow.domain.State;
import dev.workflow.domain.Status;
import dev.workflow.domain.StorePolicy;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.port.WorkflowQueue;
import dev.workflow.memory.InMemoryWorkflowQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Ends the process at every step of a story in turn. The client repeats the request that was not answered, with its key, at
 * another instance on what is left, and goes on: everything comes out as if nothing had happened.
 */
@ExtendWith(Silence.class)
@Timeout(120)
class CrashWithKeysTest {
    static final int MAX_ATTEMPTS = 3;
    private static final Duration DELAY = Duration.ofMinutes(2);

    @Test
    void nothingHappensTwiceWithABrokerThatOutlivesTheProcess() {
        int steps = CrashPoint.atEveryStep(crash -> {
            BrokerTwin broker = new BrokerTwin();
            new House(broker, broker::disconnect).tellAndCheck(crash);
        });
        assertThat(steps).as("steps of the story").isGreaterThan(100);
    }

    @Test
    void nothingHappensTwiceWithAQueueThatEndsWithTheProcess() {
        int steps = CrashPoint.atEveryStep(crash ->
                new House(new InMemoryWorkflowQueue(100), () -> new InMemoryWorkflowQueue(100)).tellAndCheck(crash));
        assertThat(steps).as("steps of the story").isGreaterThan(100);
    }

    private static final class House {
        private final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
        private final InMemoryStore store =
                new InMemoryStore(clock, new StorePolicy(MAX_ATTEMPTS, Duration.ofHours(24)));
        private final FaithfulClient client = new FaithfulClient();
        private final WorkflowQueue queue;
        private final Supplier<WorkflowQueue> queueAfterCrash;
        private int chapter;
        private boolean answered;

        House(WorkflowQueue queue, Supplier<WorkflowQueue> queueAfterCrash) {
            this.queue = queue;
            this.queueAfterCrash = queueAfterCrash;
        }

        /** What does not fit into one process is told by the next, from the chapter on that was not finished. */
        void tellAndCheck(CrashPoint crash) {
            try (Instance instance = new Instance(store, queue, crash)) {
                tell(instance);
            } catch (CrashPoint.Crash | CompletionException | IllegalStateException e) {
                assertThat(crash.hasCrashed()).isTrue();
            }
            if (crash.hasCrashed()) {
                clock.advance(Duration.ofSeconds(1));
                try (Instance next = new Instance(store, queueAfterCrash.get())) {
                    next.relay.start();
                    next.requeueLost.refill(next.requeueLost.now());
                    tell(next);
                }
            }
            check();
        }

        private void tell(Instance instance) {
            while (chapter < STORY.size()) {
                if (!answered) {
                    STORY.get(chapter).accept(this, instance);
                    answered = true;
                }
                instance.relayAll();
                answered = false;
                chapter++;
            }
        }

        private static final List<BiConsumer<House, Instance>> STORY = List.of(
                (house, instance) -> house.client.submit(instance, "one", "1"),
                (house, instance) -> house.client.submit(instance, "two", "2", "3"),
                (house, instance) -> house.client.lease(instance, "first"),
                (house, instance) -> house.client.acknowledge(instance),
                (house, instance) -> house.client.take(instance, "second"),
                (house, instance) -> house.client.lease(instance, "third"),
                (house, instance) -> house.client.refuse(instance, DELAY),
                House::timePasses,
                (house, instance) -> instance.endLeases.pass(),
                (house, instance) -> house.client.lease(instance, "fourth"),
                (house, instance) -> house.client.refuse(instance, Duration.ZERO),
                (house, instance) -> house.client.lease(instance, "fifth"),
                House::timePasses,
                (house, instance) -> instance.endLeases.pass(),
                (house, instance) -> house.client.failed(),
                (house, instance) -> house.client.redrive(instance, "redrive"),
                (house, instance) -> house.client.take(instance, "sixth"),
                (house, instance) -> house.change(instance, "out", Status.CONSUMED),
                (house, instance) -> house.change(instance, "in", Status.INSERTED),
                (house, instance) -> house.client.take(instance, "seventh"));

        private void timePasses(Instance instance) {
            clock.advance(DELAY.plusSeconds(1));
        }

        private void change(Instance instance, String name, Status to) {
            client.change(instance, name, client.submitted().getFirst(), to);
        }

        private void check() {
            List<Workflow> all = store.page(Listing.ofAll(100));

            assertThat(all).extracting(Workflow::id).isEqualTo(client.submitted());
            assertThat(all).allMatch(workflow -> workflow.state() instanceof State.Consumed);
            assertThat(client.done()).containsExactlyInAnyOrderElementsOf(client.submitted());
            assertThat(all).allMatch(each -> each.history().attempts() == client.attempts(each.id()));
            assertThat(store.isEmpty()).isTrue();
        }
    }
}
