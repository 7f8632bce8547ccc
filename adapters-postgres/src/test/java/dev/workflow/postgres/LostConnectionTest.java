package dev.workflow.postgres;

import static dev.workflow.contracts.Outcomes.fresh;
import static dev.workflow.contracts.Outcomes.replayed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workflow.contracts.Eventually;
import dev.workflow.contracts.Outcomes;
import dev.workflow.contracts.StoreContract;
import dev.workflow.contracts.StoreFixture;
import dev.workflow.domain.ChangeOutcome;
import dev.workflow.domain.Fault;
import dev.workflow.domain.Health;
import dev.workflow.domain.Keyed;
import dev.workflow.domain.Redrive;
import dev.workflow.domain.State;
import dev.workflow.domain.Status;
import dev.workflow.domain.StatusChange;
import dev.workflow.domain.Submission;
import dev.workflow.domain.SubmitOutcome;
import dev.workflow.domain.Utf8Text;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.csv.Rendition;
import dev.workflow.domain.delivery.Claim;
import dev.workflow.domain.delivery.ClaimOutcome;
import dev.workflow.domain.delivery.DeliveryTerms;
import dev.workflow.domain.delivery.Form;
import dev.workflow.domain.delivery.SettleOutcome;
import dev.workflow.domain.delivery.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is answered when the connection breaks at any point of a transaction; and that the answer is true. */
final class LostConnectionTest extends StoreContract {
    private static final String END_IDLE_TRANSACTIONS = """
            SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
            WHERE datname = current_database() AND state = 'idle in transaction'
            """;

    private static final int POOL_SIZE = 2;

    private static TestStore direct;

    private final Wire wire = new Wire(direct.port());
    private final PostgresStore wired = PostgresStore.open(TestStore.settings(direct.url(wire.port()), POOL_SIZE, 1));

    @BeforeAll
    static void open() {
        direct = TestStore.create();
    }

    @AfterAll
    static void close() {
        direct.close();
    }

    @Override
    protected StoreFixture emptyStore() {
        return direct.emptied();
    }

    @BeforeEach
    void awaitConnection() {
        Eventually.holds("a connection", () -> wired.database().check() instanceof Health.Up);
    }

    @AfterEach
    void breakOff() {
        wired.close();
        wire.close();
    }

    @Test
    void brokenBeforeTheStatement() {
        Workflow workflow = workflow("1");
        wired.workflows().find(workflow.id());
        wire.refuse(true);
        wire.breakAll();
        assertThat(faultOf(insert(workflow))).isInstanceOf(Fault.OutcomeUnknown.class);
        assertThatThrownBy(() -> wired.workflows().find(workflow.id())).isInstanceOf(Fault.Unavailable.class);
        assertThatThrownBy(() -> wired.outbox().isEmpty()).isInstanceOf(Fault.Unavailable.class);
        assertThatThrownBy(() -> wired.upkeep().now()).isInstanceOf(Fault.Unavailable.class);
        assertNothingStored(workflow);
    }

    /** A connection that was used a moment ago is trusted, so all of them must have been found broken. */
    @Test
    void nothingIsTakenFromTheQueueForADatabaseThatIsAway() {
        wire.refuse(true);
        wire.breakAll();
        for (int i = 0; i < POOL_SIZE; i++) {
            assertThatThrownBy(() -> wired.outbox().isEmpty()).isInstanceOf(Fault.Unavailable.class);
        }
        List<String> asked = new ArrayList<>();
        assertThatThrownBy(() -> wired.deliveries().claim(() -> {
                    asked.add("queue");
                    return List.of();
                }))
                .isInstanceOf(Fault.Unavailable.class);
        assertThat(asked).isEmpty();
    }

    /** The ids were made before, so it can be said again, whatever became of it. */
    @Test
    void insertBrokenOnItsWayIsSaidAgain() {
        for (Wire.Break where : List.of(Wire.Break.BEFORE_COMMIT, Wire.Break.BEFORE_COMMIT_UNNOTICED)) {
            assertStoredOnceWhenBroken(where);
        }
    }

    @Test
    void insertBrokenAfterItsCommitIsNotDoneTwice() {
        assertStoredOnceWhenBroken(Wire.Break.AFTER_COMMIT);
    }

    private void assertStoredOnceWhenBroken(Wire.Break where) {
        Workflow workflow = workflow("1");
        wire.breakNext(where);
        assertThat(insert(workflow)).isEqualTo(new SubmitOutcome.Stored(List.of(workflow)));
        assertThat(found(workflow.id())).isEqualTo(workflow);
        assertThat(drainAll()).hasSize(1);
    }

    /** Said again, one after the other as ever: the first had one that cannot be stored, of which nobody could tell. */
    @Test
    void insertSaidAgainStillBlamesTheOneThatCannotBeStored() {
        Workflow good = workflow("1");
        Workflow bad = workflow("\"\\u0000\"");
        wire.breakNext(Wire.Break.BEFORE_COMMIT);
        List<Keyed<SubmitOutcome>> outcomes = wired.workflows().insert(List.of(submission(good), submission(bad)));
        assertThat(fresh(outcomes.getFirst())).isEqualTo(new SubmitOutcome.Stored(List.of(good)));
        assertThat(fresh(outcomes.getLast())).isInstanceOf(SubmitOutcome.Refused.class);
        assertThat(direct.workflows().find(bad.id())).isEmpty();
    }

    @Test
    void insertOfWhichNobodyCanTell() {
        Workflow workflow = workflow("1");
        wire.breakNext(Wire.Break.AFTER_COMMIT_FOR_GOOD);
        assertThat(faultOf(insert(workflow))).isInstanceOf(Fault.OutcomeUnknown.class);
        assertThat(found(workflow.id())).isEqualTo(workflow);
    }

    @Test
    void insertWithAKeyBrokenBeforeItsCommit() {
        for (Wire.Break where : List.of(Wire.Break.BEFORE_COMMIT, Wire.Break.BEFORE_COMMIT_UNNOTICED)) {
            Workflow workflow = workflow("1");
            wire.breakNext(where);
            Submission submission = new Submission(List.of(workflow), key("broken"));
            assertThat(faultOf(
                            fresh(wired.workflows().insert(List.of(submission)).getFirst())))
                    .isInstanceOf(Fault.Unavailable.class);
            assertNothingStored(workflow);
        }
    }

    @Test
    void claimBrokenBeforeItsCommit() {
        for (Wire.Break where : List.of(Wire.Break.BEFORE_COMMIT, Wire.Break.BEFORE_COMMIT_UNNOTICED)) {
            Workflow workflow = storedOne();
            wire.breakNext(where);
            assertThat(faultOf(claimOnWire(workflow))).isInstanceOf(Fault.Unavailable.class);
            assertThat(found(workflow.id())).isEqualTo(workflow);
            assertThat(claim(workflow)).isInstanceOf(ClaimOutcome.Delivered.class);
        }
    }

    @Test
    void claimBrokenAfterItsCommit() {
        Workflow workflow = storedOne();
        wire.breakNext(Wire.Break.AFTER_COMMIT);
        ClaimOutcome outcome = claimOnWire(workflow);
        assertThat(outcome).isInstanceOf(ClaimOutcome.Delivered.class);
        assertThat(delivered(outcome).delivery().workflows()).containsExactly(found(workflow.id()));
    }

    @Test
    void backendEndedBetweenStatementAndCommit() {
        Workflow workflow = storedOne();
        Form breaking = new Form(Form.PLAIN, workflows -> {
            direct.execute(END_IDLE_TRANSACTIONS);
            return Rendition.of(Utf8Text.of(""));
        });
        ClaimOutcome outcome = claimOnWire(claimOf(List.of(workflow.id()), DeliveryTerms.finalIn(breaking)));
        assertThat(faultOf(outcome)).isInstanceOf(Fault.Unavailable.class);
        assertThat(found(workflow.id()).state()).isEqualTo(new State.Waiting());
    }

    @Test
    void changeBrokenBeforeItsCommit() {
        Workflow workflow = queuedOne();
        wire.breakNext(Wire.Break.BEFORE_COMMIT);
        assertThatThrownBy(() -> consumeByHand(workflow)).isInstanceOf(Fault.Unavailable.class);
        assertThat(found(workflow.id())).isEqualTo(workflow);
    }

    @Test
    void changeBrokenAfterItsCommit() {
        Workflow workflow = queuedOne();
        wire.breakNext(Wire.Break.AFTER_COMMIT);
        assertThat(consumeByHand(workflow)).isEqualTo(new ChangeOutcome.Done(found(workflow.id())));
        assertThat(found(workflow.id()).state()).isInstanceOf(State.Consumed.class);
    }

    @Test
    void leaseBrokenAfterItsCommit() {
        Workflow workflow = storedOne();
        wire.breakNext(Wire.Break.AFTER_COMMIT);
        ClaimOutcome outcome = claimOnWire(leaseOf(MINUTE, workflow));
        assertThat(delivered(outcome).delivery().workflows()).containsExactly(found(workflow.id()));
    }

    @Test
    void settlementBrokenBeforeItsCommit() {
        UUID id = leasedOne().id();
        wire.breakNext(Wire.Break.BEFORE_COMMIT);
        assertThatThrownBy(() -> Outcomes.settle(wired.deliveries(), id, new Verdict.Acknowledge()))
                .isInstanceOf(Fault.Unavailable.class);
        assertThat(direct.number("SELECT count(*) FROM pending WHERE delivery_id = '" + id + "'"))
                .isOne();
    }

    @Test
    void settlementsBrokenAfterTheirCommit() {
        UUID id = leasedOne().id();
        wire.breakNext(Wire.Break.AFTER_COMMIT);
        assertThat(wired.deliveries().extend(id, MINUTE)).isInstanceOf(SettleOutcome.Settled.class);
        wire.breakNext(Wire.Break.AFTER_COMMIT);
        SettleOutcome settled = Outcomes.settle(wired.deliveries(), id, new Verdict.Acknowledge());
        assertThat(settled)
                .isInstanceOfSatisfying(
                        SettleOutcome.Settled.class,
                        first -> assertThat(Outcomes.settle(direct.deliveries(), id, new Verdict.Acknowledge()))
                                .isEqualTo(new SettleOutcome.Settled(first.settlement(), true)));
    }

    @Test
    void keyedRequestsBrokenAfterTheirCommit() {
        Workflow workflow = workflow("1");
        Submission submission = new Submission(List.of(workflow), key("insert"));
        wire.breakNext(Wire.Break.AFTER_COMMIT);
        Keyed<SubmitOutcome> first =
                wired.workflows().insert(List.of(submission)).getFirst();
        assertThat(replayed(direct.workflows().insert(List.of(submission)).getFirst()))
                .isEqualTo(fresh(first));
        StatusChange change = new StatusChange(workflow.id(), Status.INSERTED, null, key("change"));
        wire.breakNext(Wire.Break.AFTER_COMMIT);
        assertThat(fresh(wired.workflows().changeStatus(change)))
                .isEqualTo(replayed(direct.workflows().changeStatus(change)));
        Redrive redrive = new Redrive(null, key("redrive"));
        wire.breakNext(Wire.Break.AFTER_COMMIT);
        assertThat(fresh(wired.deadLetters().redrive(redrive)))
                .isEqualTo(replayed(direct.deadLetters().redrive(redrive)));
    }

    @Test
    void redriveBrokenAfterItsCommit() {
        Workflow workflow = queuedOne();
        direct.execute("UPDATE pending SET dead_at = now()");
        wire.breakNext(Wire.Break.AFTER_COMMIT);
        assertThat(fresh(wired.deadLetters().redrive(new Redrive(null, null))).redriven())
                .isOne();
        assertThat(found(workflow.id()).state()).isEqualTo(new State.Waiting());
    }

    @Test
    void whatIsBeingPublishedStaysWhenTheConnectionBreaks() {
        Workflow workflow = storedOne();
        assertThatThrownBy(() -> wired.outbox().drain(10, entries -> {
                    direct.execute(END_IDLE_TRANSACTIONS);
                    return allOf(entries);
                }))
                .isInstanceOf(Fault.OutcomeUnknown.class);
        wire.breakNext(Wire.Break.BEFORE_COMMIT);
        assertThatThrownBy(() -> wired.outbox().drain(10, StoreContract::allOf))
                .isInstanceOf(Fault.OutcomeUnknown.class);
        direct.execute(END_IDLE_TRANSACTIONS);
        assertThat(drainAll()).hasSize(1).allMatch(entry -> entry.workflowId().equals(workflow.id()));
    }

    private SubmitOutcome insert(Workflow workflow) {
        return fresh(wired.workflows().insert(List.of(submission(workflow))).getFirst());
    }

    private ClaimOutcome claimOnWire(Workflow workflow) {
        return claimOnWire(claimOf(List.of(workflow.id()), DeliveryTerms.finalIn(PLAIN)));
    }

    private ClaimOutcome claimOnWire(Claim claim) {
        return fresh(wired.deliveries().claim(() -> List.of(claim)).getFirst());
    }

    private ChangeOutcome consumeByHand(Workflow workflow) {
        return fresh(wired.workflows().changeStatus(StatusChange.of(workflow.id(), Status.CONSUMED)));
    }

    private void assertNothingStored(Workflow workflow) {
        assertThat(direct.workflows().find(workflow.id())).isEmpty();
        assertThat(direct.outbox().isEmpty()).isTrue();
    }

    private static Fault faultOf(SubmitOutcome outcome) {
        return ((SubmitOutcome.Failed) outcome).fault();
    }

    private static Fault faultOf(ClaimOutcome outcome) {
        return ((ClaimOutcome.Failed) outcome).fault();
    }
}
