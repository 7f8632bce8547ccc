package dev.workflow.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workflow.domain.Fault;
import dev.workflow.domain.QueueEntry;
import dev.workflow.domain.Status;
import dev.workflow.domain.StatusChange;
import dev.workflow.domain.Workflow;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an {@link dev.workflow.domain.port.Outbox} does. */
public abstract class OutboxContract extends StoreContract {
    @Test
    void holdsWhatWasStoredUntilItIsPublished() {
        assertThat(store().outbox().isEmpty()).isTrue();
        Workflow workflow = storedOne();
        assertThat(store().outbox().isEmpty()).isFalse();

        List<QueueEntry> entries = drainAll();

        assertThat(entries).extracting(QueueEntry::workflowId).containsExactly(workflow.id());
        assertThat(store().outbox().isEmpty()).isTrue();
        assertThat(drainAll()).isEmpty();
    }

    @Test
    void passesTheOldestFirst() {
        List<Workflow> all = new ArrayList<>(stored("1", "2", "3"));
        all.addAll(stored("4", "5"));
        List<QueueEntry> passed = new ArrayList<>();

        int removed = store().outbox().drain(4, entries -> {
            passed.addAll(entries);
            return allOf(entries);
        });

        assertThat(removed).isEqualTo(4);
        assertThat(passed)
                .extracting(QueueEntry::workflowId)
                .isEqualTo(all.stream().limit(4).map(Workflow::id).toList());
        assertThat(drainAll())
                .extracting(QueueEntry::workflowId)
                .containsExactly(all.get(4).id());
    }

    @Test
    void removesOnlyWhatIsSafeInTheQueue() {
        List<Workflow> all = stored("1", "2", "3", "4");
        BitSet second = new BitSet();
        second.set(1);
        second.set(3);

        assertThat(store().outbox().drain(10, entries -> second)).isEqualTo(2);

        assertThat(drainAll())
                .extracting(QueueEntry::workflowId)
                .containsExactly(all.get(0).id(), all.get(2).id());
    }

    @Test
    void keepsEverythingWhenNothingIsPublished() {
        Workflow workflow = storedOne();
        assertThat(store().outbox().drain(10, entries -> new BitSet())).isZero();
        assertThat(drainAll()).extracting(QueueEntry::workflowId).containsExactly(workflow.id());
    }

    @Test
    void keepsEverythingWhenPublishingFails() {
        Workflow workflow = storedOne();
        Fault away = new Fault.Unavailable("The broker is away.");
        assertThatThrownBy(() -> store().outbox().drain(10, entries -> {
                    throw away;
                }))
                .isSameAs(away);
        assertThat(drainAll()).extracting(QueueEntry::workflowId).containsExactly(workflow.id());
    }

    @Test
    void asksTheBrokerForNothingWhenItIsEmpty() {
        List<Integer> sizes = new ArrayList<>();
        int removed = store().outbox().drain(10, entries -> {
            sizes.add(entries.size());
            return allOf(entries);
        });
        assertThat(removed).isZero();
        assertThat(sizes).isEmpty();
    }

    @Test
    void leavesToOthersWhatTheyArePublishing() {
        List<Workflow> all = stored("1", "2", "3");
        List<QueueEntry> published = new ArrayList<>();

        store().outbox().drain(2, entries -> {
            published.addAll(entries);
            published.addAll(drainAll());
            assertThat(store().outbox().isEmpty()).isFalse();
            return allOf(entries);
        });
        published.addAll(drainAll());

        assertThat(published)
                .extracting(QueueEntry::workflowId)
                .containsExactlyElementsOf(all.stream().map(Workflow::id).toList());
        assertThat(store().outbox().isEmpty()).isTrue();
    }

    @Test
    void whatIsStoredDuringPublishingStays() {
        storedOne();
        List<Workflow> later = new ArrayList<>();
        store().outbox().drain(10, entries -> {
            later.add(storedOne());
            return allOf(entries);
        });
        assertThat(drainAll())
                .extracting(QueueEntry::workflowId)
                .containsExactly(later.getFirst().id());
    }

    /** Entries are removed one by one, never by workflow: the newer one is another promise. */
    @Test
    void aWorkflowThatIsQueuedAgainDuringPublishingStays() {
        Workflow workflow = storedOne();
        store().outbox().drain(10, entries -> {
            store().workflows().changeStatus(StatusChange.of(workflow.id(), Status.CONSUMED));
            store().workflows().changeStatus(StatusChange.of(workflow.id(), Status.INSERTED));
            return allOf(entries);
        });
        assertThat(drainAll()).extracting(QueueEntry::workflowId).containsExactly(workflow.id());
    }
}
