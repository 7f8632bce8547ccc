package dev.workflow.contracts;

import static dev.workflow.contracts.Outcomes.fresh;
import static dev.workflow.contracts.Outcomes.replayed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.domain.ChangeOutcome;
import dev.workflow.domain.Keyed;
import dev.workflow.domain.Listing;
import dev.workflow.domain.Redrive;
import dev.workflow.domain.RedriveOutcome;
import dev.workflow.domain.RequestKey;
import dev.workflow.domain.StateName;
import dev.workflow.domain.Status;
import dev.workflow.domain.StatusChange;
import dev.workflow.domain.Submission;
import dev.workflow.domain.SubmitOutcome;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.delivery.Claim;
import dev.workflow.domain.delivery.ClaimOutcome;
import dev.workflow.domain.delivery.DeliveryState;
import dev.workflow.domain.delivery.DeliveryTerms;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a store does with requests that carry a key: the same again acts once and has the same answer. */
public abstract class KeyContract extends StoreContract {
    private static final Duration DAY = Duration.ofHours(24);

    private static RequestKey other(RequestKey key) {
        return new RequestKey(key.owner(), key.key(), "another request");
    }

    @Test
    void aSubmissionWithAKeyIsStoredOnce() {
        Submission first = new Submission(List.of(workflow("{\"a\": 1.0}", "x"), workflow("2")), key("k"));
        Submission again = new Submission(List.of(workflow("{\"a\": 1.0}", "x"), workflow("2")), key("k"));

        assertThat(fresh(submit(first))).isEqualTo(new SubmitOutcome.Stored(first.workflows()));
        claim(first.workflows().getFirst());

        assertThat(replayed(submit(again))).isEqualTo(new SubmitOutcome.Stored(first.workflows()));
        assertThat(all()).hasSize(2);
        assertThat(drainAll()).hasSize(2);
    }

    @Test
    void anotherSubmissionCannotHaveTheSameKey() {
        submit(new Submission(List.of(workflow("1")), key("k")));
        assertThat(submit(new Submission(List.of(workflow("2")), other(key("k")))))
                .isEqualTo(new Keyed.Reused<>());
        assertThat(all()).hasSize(1);
    }

    @Test
    void ownersDoNotShareKeys() {
        submit(new Submission(List.of(workflow("1")), new RequestKey("ada", "k", "1")));
        assertThat(fresh(submit(new Submission(List.of(workflow("2")), new RequestKey("bob", "k", "2")))))
                .isInstanceOf(SubmitOutcome.Stored.class);
        assertThat(all()).hasSize(2);
    }

    @Test
    void keysOfABatchDecideEachForItself() {
        Submission first = new Submission(List.of(workflow("1")), key("a"));
        submit(first);
        Submission plain = submission(workflow("2"));
        Submission fresh = new Submission(List.of(workflow("3")), key("b"));
        Submission refused = new Submission(List.of(workflow(UNSTORABLE)), key("c"));

        List<Keyed<SubmitOutcome>> outcomes = store().workflows()
                .insert(List.of(new Submission(List.of(workflow("9")), other(key("a"))), fresh, plain, refused));

        assertThat(outcomes.get(0)).isEqualTo(new Keyed.Reused<>());
        assertThat(fresh(outcomes.get(1))).isEqualTo(new SubmitOutcome.Stored(fresh.workflows()));
        assertThat(fresh(outcomes.get(2))).isEqualTo(new SubmitOutcome.Stored(plain.workflows()));
        assertThat(fresh(outcomes.get(3))).isInstanceOf(SubmitOutcome.Refused.class);
        assertThat(all()).hasSize(3);
        assertThat(fresh(submit(new Submission(List.of(workflow("4")), other(key("c"))))))
                .as("a key without an effect is free")
                .isInstanceOf(SubmitOutcome.Stored.class);
    }

    @Test
    void anOldKeyIsForgotten() {
        submit(new Submission(List.of(workflow("1")), key("k")));
        store().age(DAY.minusMinutes(1));
        assertThat(submit(new Submission(List.of(workflow("1")), key("k")))).isInstanceOf(Keyed.Replayed.class);
        store().age(Duration.ofMinutes(2));
        assertThat(fresh(submit(new Submission(List.of(workflow("2")), other(key("k"))))))
                .isInstanceOf(SubmitOutcome.Stored.class);
        assertThat(submit(new Submission(List.of(workflow("1")), key("k")))).isEqualTo(new Keyed.Reused<>());
        assertThat(all()).hasSize(2);
    }

    @Test
    void oldKeysAreRemoved() {
        submit(new Submission(List.of(workflow("1")), key("a")));
        submit(new Submission(List.of(workflow("1")), key("b")));
        store().age(DAY.plusMinutes(1));
        submit(new Submission(List.of(workflow("1")), key("c")));
        assertThat(store().upkeep().forgetKeys(1)).isEqualTo(1);
        assertThat(store().upkeep().forgetKeys(10)).isEqualTo(1);
        assertThat(store().upkeep().forgetKeys(10)).isZero();
        assertThat(submit(new Submission(List.of(workflow("1")), key("c")))).isInstanceOf(Keyed.Replayed.class);
    }

    @Test
    void aClaimWithAKeyIsHandedOverOnce() {
        for (Duration lease : new Duration[] {null, MINUTE}) {
            RequestKey key = key("claim " + lease);
            Workflow workflow = queuedOne();
            Workflow next = queuedOne();
            assertThat(store().deliveries().answered(terms(lease, key))).isEmpty();

            ClaimOutcome.Delivered first = delivered(fresh(claimOne(claimOf(workflow, lease, key))));
            ClaimOutcome.Delivered again = delivered(replayed(claimOne(claimOf(next, lease, key))));

            assertThat(again.delivery().id()).isEqualTo(first.delivery().id());
            assertThat(again.rendition()).isEqualTo(first.rendition());
            assertThat(found(next.id())).isEqualTo(next);
            assertThat(store().deliveries()
                            .answered(terms(lease, key))
                            .map(each -> delivered(replayed(each)).rendition()))
                    .contains(first.rendition());
            assertThat(store().deliveries().answered(terms(lease, other(key)))).contains(new Keyed.Reused<>());
            assertThat(claimOne(claimOf(next, lease, other(key)))).isEqualTo(new Keyed.Reused<>());
        }
    }

    @Test
    void aClaimThatIsRepeatedTellsThatStatusChangesEmptiedIt() {
        Workflow workflow = queuedOne();
        Claim claim = claimOf(workflow, MINUTE, key("k"));
        ClaimOutcome.Delivered first = delivered(fresh(claimOne(claim)));
        store().workflows().changeStatus(StatusChange.of(workflow.id(), Status.CONSUMED));

        ClaimOutcome.Delivered again = delivered(replayed(claimOne(claim)));
        ClaimOutcome.Delivered answered =
                delivered(replayed(store().deliveries().answered(claim.terms()).orElseThrow()));

        for (ClaimOutcome.Delivered each : List.of(again, answered)) {
            assertThat(each.delivery().state()).isEqualTo(DeliveryState.EXPIRED);
            assertThat(each.rendition()).isEqualTo(first.rendition());
        }
    }

    @Test
    void aClaimThatGotNothingLeavesItsKeyFree() {
        assertThat(fresh(claimOne(claimOf(workflow("1"), MINUTE, key("k")))))
                .isEqualTo(new ClaimOutcome.NotClaimable());
        assertThat(store().deliveries().answered(terms(MINUTE, key("k")))).isEmpty();
        assertThat(fresh(claimOne(claimOf(queuedOne(), MINUTE, other(key("k"))))))
                .isInstanceOf(ClaimOutcome.Delivered.class);
    }

    @Test
    void aChangeWithAKeyIsMadeOnce() {
        Workflow workflow = queuedOne();
        ChangeOutcome first = fresh(change(workflow, Status.CONSUMED, key("k")));
        fresh(change(workflow, Status.INSERTED, null));
        Workflow later = found(workflow.id());

        assertThat(replayed(change(workflow, Status.CONSUMED, key("k")))).isEqualTo(first);
        assertThat(found(workflow.id())).isEqualTo(later);
        assertThat(change(workflow, Status.CONSUMED, other(key("k")))).isEqualTo(new Keyed.Reused<>());
    }

    @Test
    void aChangeThatChangesNothingKeepsItsAnswerToo() {
        Workflow workflow = queuedOne();
        ChangeOutcome first = fresh(change(workflow, Status.INSERTED, key("k")));
        claim(workflow);
        assertThat(replayed(change(workflow, Status.INSERTED, key("k")))).isEqualTo(first);
    }

    @Test
    void aChangeThatIsRefusedLeavesItsKeyFree() {
        Workflow workflow = queuedOne();
        assertThat(fresh(store().workflows()
                        .changeStatus(new StatusChange(workflow.id(), Status.CONSUMED, Set.of(7L), key("k")))))
                .isEqualTo(new ChangeOutcome.PreconditionFailed());
        assertThat(fresh(change(workflow("1"), Status.CONSUMED, key("k"))))
                .isEqualTo(new ChangeOutcome.UnknownWorkflow());
        assertThat(fresh(change(workflow, Status.CONSUMED, other(key("k"))))).isInstanceOf(ChangeOutcome.Done.class);
    }

    @Test
    void aRedriveWithAKeyIsMadeOnce() {
        RedriveOutcome first = fresh(store().deadLetters().redrive(new Redrive(List.of(IDS.next()), key("k"))));
        assertThat(replayed(store().deadLetters().redrive(new Redrive(List.of(IDS.next()), key("k")))))
                .isEqualTo(first);
        assertThat(store().deadLetters().redrive(new Redrive(null, other(key("k")))))
                .isEqualTo(new Keyed.Reused<>());
    }

    @Test
    void ofManyAtOnceOneActs() throws Exception {
        Callable<List<Keyed<SubmitOutcome>>> submission =
                () -> List.of(submit(new Submission(List.of(workflow("1")), key("k"))));
        List<Keyed<SubmitOutcome>> outcomes = Together.run(Collections.nCopies(8, submission));
        assertThat(all()).hasSize(1);
        assertThat(outcomes).filteredOn(Keyed.Fresh.class::isInstance).hasSize(1);
        assertThat(outcomes).filteredOn(Keyed.Replayed.class::isInstance).isNotEmpty();
        assertThat(all().getFirst().state().name()).isEqualTo(StateName.WAITING);
    }

    private Keyed<SubmitOutcome> submit(Submission submission) {
        return store().workflows().insert(List.of(submission)).getFirst();
    }

    private Keyed<ClaimOutcome> claimOne(Claim claim) {
        return store().deliveries().claim(() -> List.of(claim)).getFirst();
    }

    private static Claim claimOf(Workflow workflow, @Nullable Duration lease, RequestKey key) {
        return claimOf(List.of(workflow.id()), terms(lease, key));
    }

    private static DeliveryTerms terms(@Nullable Duration lease, RequestKey key) {
        return new DeliveryTerms(lease == null ? PLAIN : NAMES, lease, key);
    }

    private Keyed<ChangeOutcome> change(Workflow workflow, Status to, @Nullable RequestKey key) {
        return store().workflows().changeStatus(new StatusChange(workflow.id(), to, null, key));
    }

    private List<Workflow> all() {
        return store().workflows().page(Listing.ofAll(1000));
    }
}
