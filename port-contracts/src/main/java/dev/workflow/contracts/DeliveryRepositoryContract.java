package dev.workflow.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workflow.domain.Fault;
import dev.workflow.domain.QueueEntry;
import dev.workflow.domain.State;
import dev.workflow.domain.Status;
import dev.workflow.domain.StatusChange;
import dev.workflow.domain.Utf8Text;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.csv.Rendition;
import dev.workflow.domain.delivery.Claim;
import dev.workflow.domain.delivery.ClaimOutcome;
import dev.workflow.domain.delivery.DeliveryTerms;
import dev.workflow.domain.delivery.Form;
import dev.workflow.domain.port.DeliveryRepository;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What a {@link DeliveryRepository} does. */
public abstract class DeliveryRepositoryContract extends StoreContract {
    @Test
    void deliversWhatIsClaimed() {
        Workflow workflow = queuedOne();
        Claim claim = claimOf(workflow);

        ClaimOutcome.Delivered delivered = delivered(claim(claim).getFirst());

        Workflow after = delivered.delivery().workflows().getFirst();
        assertThat(delivered.delivery().workflows()).hasSize(1);
        assertThat(after.content()).isEqualTo(workflow.content());
        assertThat(after.state()).isInstanceOf(State.Consumed.class);
        assertThat(after.history().version()).isEqualTo(2);
        assertThat(after.history().deliveryId()).isEqualTo(claim.deliveryId());
        assertThat(after.history().attempts()).isZero();
        assertThat(after).isEqualTo(found(workflow.id()));
        assertThat(delivered.rendition().body())
                .isEqualTo(Utf8Text.of(workflow.id().toString()));
    }

    @Test
    void deliversOnceAndForAll() {
        Workflow workflow = queuedOne();
        claim(workflow);
        Workflow after = found(workflow.id());
        assertThat(claim(workflow)).isEqualTo(new ClaimOutcome.NotClaimable());
        assertThat(found(workflow.id())).isEqualTo(after);
    }

    @Test
    void anUnknownWorkflowIsNotClaimable() {
        assertThat(claim(workflow("1"))).isEqualTo(new ClaimOutcome.NotClaimable());
    }

    @Test
    void aClaimGetsWhatIsLeftInItsOwnOrder() {
        List<Workflow> all = stored("1", "2", "3", "4");
        claim(all.get(1));
        List<UUID> wanted =
                List.of(all.get(3).id(), all.get(1).id(), IDS.next(), all.get(0).id());
        ClaimOutcome.Delivered delivered = delivered(claim(claimOf(wanted)).getFirst());
        assertThat(delivered.delivery().workflows())
                .extracting(Workflow::id)
                .containsExactly(all.get(3).id(), all.get(0).id());
        assertThat(delivered.rendition().body())
                .isEqualTo(Utf8Text.of(all.get(3).id() + "," + all.get(0).id()));
    }

    /** It became claimable again at the back of the queue, and this message stands at the front. */
    @Test
    void aMessageFromBeforeAWorkflowCameBackIsStale() {
        for (Form form : List.of(PLAIN, NAMES)) {
            Workflow workflow = storedOne();
            QueueEntry stale = drainAll().getFirst();
            back(workflow);
            QueueEntry fresh = drainAll().getFirst();
            Workflow after = found(workflow.id());

            assertThat(claim(claimOf(stale, form))).containsExactly(new ClaimOutcome.NotClaimable());
            assertThat(found(workflow.id())).isEqualTo(after);
            assertThat(onlyOf(claim(claimOf(fresh, form)).getFirst()).id()).isEqualTo(workflow.id());
        }
    }

    /** Nor is it left over, or its message would be kept. */
    @Test
    void aClaimPassesOverWhatIsStale() {
        for (Duration lease : Arrays.asList(MINUTE, null)) {
            Workflow gone = storedOne();
            Workflow there = storedOne();
            List<QueueEntry> entries = drainAll();
            back(gone);
            drainAll();
            Claim claim = new Claim(IDS.next(), entries, new DeliveryTerms(NAMES, lease, null));

            ClaimOutcome.Delivered delivered = delivered(claim(claim).getFirst());

            assertThat(onlyOf(delivered).id()).isEqualTo(there.id());
            assertThat(delivered.leftOver()).isEmpty();
            assertThat(found(gone.id()).state()).isEqualTo(new State.Waiting());
        }
    }

    private void back(Workflow workflow) {
        for (Status status : List.of(Status.CONSUMED, Status.INSERTED)) {
            store().workflows().changeStatus(StatusChange.of(workflow.id(), status));
        }
    }

    /** A store that cannot tell a time exactly must not take it for an earlier one: no message would be fresh. */
    @Test
    void aTimeBetweenTwoOfTheStoreIsTheLater() {
        for (Form form : List.of(PLAIN, NAMES)) {
            Workflow workflow = storedOne();
            QueueEntry entry = drainAll().getFirst();
            QueueEntry before = new QueueEntry(workflow.id(), entry.queuedAt().minusNanos(1000));
            QueueEntry between = new QueueEntry(workflow.id(), entry.queuedAt().minusNanos(1));

            assertThat(claim(claimOf(before, form))).containsExactly(new ClaimOutcome.NotClaimable());
            assertThat(onlyOf(claim(claimOf(between, form)).getFirst()).id()).isEqualTo(workflow.id());
        }
    }

    /** Whoever wrote such a message: it must not take others with it. */
    @Test
    void timesThatNoStoreCanKeepAreOnlyOldOrNew() {
        for (Form form : List.of(PLAIN, NAMES)) {
            Workflow workflow = queuedOne();

            assertThat(claim(claimOf(new QueueEntry(workflow.id(), Instant.MIN), form)))
                    .containsExactly(new ClaimOutcome.NotClaimable());
            assertThat(onlyOf(claim(claimOf(new QueueEntry(workflow.id(), Instant.MAX), form))
                                    .getFirst())
                            .id())
                    .isEqualTo(workflow.id());
        }
    }

    @Test
    void eachClaimOfABatchHasItsOwnOutcome() {
        List<Workflow> all = stored("1", "2", "3");
        claim(all.get(1));
        Claim first = claimOf(all.get(2));
        Claim second = claimOf(all.get(1));
        Claim third = claimOf(all.get(0));

        List<ClaimOutcome> outcomes = claim(first, second, third);

        assertThat(outcomes).hasSize(3);
        assertThat(onlyOf(outcomes.get(0)).id()).isEqualTo(all.get(2).id());
        assertThat(onlyOf(outcomes.get(0)).history().deliveryId()).isEqualTo(first.deliveryId());
        assertThat(outcomes.get(1)).isEqualTo(new ClaimOutcome.NotClaimable());
        assertThat(onlyOf(outcomes.get(2)).id()).isEqualTo(all.get(0).id());
        assertThat(onlyOf(outcomes.get(2)).history().deliveryId()).isEqualTo(third.deliveryId());
    }

    @Test
    void noClaimsAreNoOutcomes() {
        assertThat(store().deliveries().claim(List::of)).isEmpty();
    }

    @Test
    void whatTheSupplierThrowsIsPassedOn() {
        Fault away = new Fault.Unavailable("The broker is away.");
        assertThatThrownBy(() -> store().deliveries().claim(() -> {
                    throw away;
                }))
                .isSameAs(away);
    }

    @Test
    void nothingIsConsumedThatCannotBeWritten() {
        List<Workflow> all = stored("1", "2");
        IllegalStateException broken = new IllegalStateException("cannot be written");
        Claim good = claimOf(all.get(0));
        Claim bad = claimIn(all.get(1), workflows -> {
            throw broken;
        });
        assertThatThrownBy(() -> claim(good, bad)).isSameAs(broken);
        assertThat(found(all.get(0).id())).isEqualTo(all.get(0));
        assertThat(found(all.get(1).id())).isEqualTo(all.get(1));
    }

    @Test
    void whereThereIsNoRoomForAllAnswersSomeAreGiven() {
        List<Workflow> all = stored("1", "2", "3");
        Fault.Overloaded full = new Fault.Overloaded("no room");
        Claim before = claimOf(all.get(0));
        Claim tooMuch = claimIn(all.get(1), workflows -> {
            throw full;
        });
        Claim after = claimOf(all.get(2));

        List<ClaimOutcome> outcomes = claim(before, tooMuch, after);

        assertThat(onlyOf(outcomes.get(0)).id()).isEqualTo(all.get(0).id());
        assertThat(outcomes.get(1)).isEqualTo(new ClaimOutcome.Failed(full));
        assertThat(onlyOf(outcomes.get(2)).id()).isEqualTo(all.get(2).id());
        assertThat(found(all.get(1).id())).isEqualTo(all.get(1));
        assertThat(claim(tooMuch)).containsExactly(new ClaimOutcome.Failed(full));
    }

    /** 256 consumers of a megabyte each had been read at once. */
    @Test
    void whoHasNoRoomBesideTheOthersIsNotTried() {
        String megabyte = "\"" + "x".repeat(1 << 20) + "\"";
        for (Form form : List.of(PLAIN, NAMES)) {
            List<Workflow> all = stored(Collections.nCopies(20, megabyte).toArray(String[]::new));
            Claim[] claims = all.stream()
                    .map(each -> claimOf(List.of(each.id()), DeliveryTerms.finalIn(form)))
                    .toArray(Claim[]::new);

            List<ClaimOutcome> outcomes = claim(claims);

            int most = DeliveryRepository.MAX_BYTES_AT_ONCE / megabyte.length();
            for (int i = 0; i < most; i++) {
                assertThat(onlyOf(outcomes.get(i)).id()).isEqualTo(all.get(i).id());
            }
            assertThat(outcomes.subList(most, 20)).containsOnly(new ClaimOutcome.NotTried());
            for (Workflow each : all.subList(most, 20)) {
                assertThat(found(each.id())).isEqualTo(each);
            }
            assertThat(onlyOf(claim(claims[most]).getFirst()).id())
                    .isEqualTo(all.get(most).id());
        }
    }

    @Test
    void theFirstIsAnsweredHoweverLargeItIs() {
        String large = "\"" + "x".repeat(DeliveryRepository.MAX_BYTES_AT_ONCE) + "\"";
        for (Form form : List.of(PLAIN, NAMES)) {
            List<Workflow> all = stored(large, "1");
            Claim[] claims = all.stream()
                    .map(each -> claimOf(List.of(each.id()), DeliveryTerms.finalIn(form)))
                    .toArray(Claim[]::new);

            List<ClaimOutcome> outcomes = claim(claims);

            assertThat(onlyOf(outcomes.getFirst()).id())
                    .isEqualTo(all.getFirst().id());
            assertThat(outcomes.getLast()).isEqualTo(new ClaimOutcome.NotTried());
        }
    }

    @Test
    void isWrittenOutBeforeItIsConsumed() {
        Workflow workflow = queuedOne();
        List<State> seen = new ArrayList<>();
        claim(claimIn(workflow, workflows -> {
            seen.add(found(workflow.id()).state());
            return Rendition.of(Utf8Text.of(""));
        }));
        assertThat(seen).containsExactly(new State.Waiting());
    }

    @Test
    void manyWhoWantTheSameGetEachOnce() throws Exception {
        List<UUID> ids = stored(Collections.nCopies(60, "1").toArray(String[]::new)).stream()
                .map(Workflow::id)
                .toList();
        List<UUID> reversed = new ArrayList<>(ids).reversed();
        Callable<List<UUID>> forwards = () -> claimInTens(ids);
        Callable<List<UUID>> backwards = () -> claimInTens(reversed);
        assertThat(Together.run(List.of(forwards, backwards, forwards, backwards)))
                .containsExactlyInAnyOrderElementsOf(ids);
    }

    private List<UUID> claimInTens(List<UUID> ids) {
        List<UUID> delivered = new ArrayList<>();
        for (int i = 0; i < ids.size(); i += 10) {
            if (claim(claimOf(ids.subList(i, i + 10))).getFirst() instanceof ClaimOutcome.Delivered some) {
                some.delivery().workflows().forEach(each -> delivered.add(each.id()));
            }
        }
        return delivered;
    }

    private static Claim claimIn(Workflow workflow, Form.Rendering rendering) {
        return claimOf(List.of(workflow.id()), DeliveryTerms.finalIn(new Form("other", rendering)));
    }

    private static Workflow onlyOf(ClaimOutcome outcome) {
        assertThat(delivered(outcome).delivery().workflows()).hasSize(1);
        return delivered(outcome).delivery().workflows().getFirst();
    }
}
