package dev.workflow.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.InMemoryStore;
import dev.workflow.domain.Listing;
import dev.workflow.domain.State;
import dev.workflow.domain.Status;
import dev.workflow.domain.StatusChange;
import dev.workflow.domain.SubmitOutcome;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.port.WorkflowQueue;
import dev.workflow.memory.InMemoryWorkflowQueue;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Ends the process at every step of a story in turn, starts another one on what is left, and looks whether each workflow that
 * was answered, and no other, is delivered once.
 */
@ExtendWith(Silence.class)
@Timeout(120)
class CrashTest {
    @Test
    void nothingIsLostOrDoubledWithABrokerThatOutlivesTheProcess() {
        int steps = CrashPoint.atEveryStep(crash -> {
            BrokerTwin broker = new BrokerTwin();
            new House(broker, broker::disconnect).tellAndCheck(crash);
        });
        assertThat(steps).as("steps of the story").isGreaterThan(30);
    }

    @Test
    void nothingIsLostOrDoubledWithAQueueThatEndsWithTheProcess() {
        int steps = CrashPoint.atEveryStep(crash ->
                new House(new InMemoryWorkflowQueue(100), () -> new InMemoryWorkflowQueue(100)).tellAndCheck(crash));
        assertThat(steps).as("steps of the story").isGreaterThan(30);
    }

    private static final class House {
        private final InMemoryStore store = new InMemoryStore(InstantSource.system());
        private final WorkflowQueue queue;
        private final Supplier<WorkflowQueue> queueAfterCrash;
        private final List<UUID> answered = new ArrayList<>();
        private final List<UUID> delivered = new ArrayList<>();

        House(WorkflowQueue queue, Supplier<WorkflowQueue> queueAfterCrash) {
            this.queue = queue;
            this.queueAfterCrash = queueAfterCrash;
        }

        void tellAndCheck(CrashPoint crash) {
            try (Instance instance = new Instance(store, queue, crash)) {
                tell(instance);
            } catch (CrashPoint.Crash | CompletionException e) {
                assertThat(crash.hasCrashed()).isTrue();
            }
            try (Instance next = new Instance(store, queueAfterCrash.get())) {
                next.relay.start();
                next.requeueLost.refill(next.requeueLost.now());
                consumeAll(next);
            }
            check();
        }

        private void tell(Instance instance) {
            submit(instance, "1");
            submit(instance, "2", "3");
            instance.relayAll();
            consume(instance);
            UUID second = answered.get(1);
            instance.changeStatus.change(StatusChange.of(second, Status.CONSUMED));
            instance.changeStatus.change(StatusChange.of(second, Status.INSERTED));
            submit(instance, "4");
            instance.relayAll();
            consume(instance);
            consume(instance);
        }

        private void submit(Instance instance, String... data) {
            if (instance.submit(data) instanceof SubmitOutcome.Stored(List<Workflow> workflows)) {
                workflows.forEach(workflow -> answered.add(workflow.id()));
            }
        }

        private boolean consume(Instance instance) {
            if (instance.consume() instanceof ConsumeOutcome.Delivered one) {
                one.delivery().workflows().forEach(workflow -> delivered.add(workflow.id()));
                return true;
            }
            return false;
        }

        private void consumeAll(Instance instance) {
            while (consume(instance)) {
                // and the next
            }
        }

        private void check() {
            List<Workflow> all = store.page(Listing.ofAll(100));

            assertThat(all).extracting(Workflow::id).containsAll(answered);
            assertThat(all).allMatch(workflow -> workflow.state() instanceof State.Consumed);
            assertThat(delivered).doesNotHaveDuplicates();
            assertThat(all.size()).as("an array is stored whole or not at all").isIn(0, 1, 3, 4);
            assertThat(store.isEmpty()).isTrue();
        }
    }
}
