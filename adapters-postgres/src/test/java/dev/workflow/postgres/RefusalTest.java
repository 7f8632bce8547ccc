package dev.workflow.postgres;

import static dev.workflow.contracts.Outcomes.fresh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workflow.contracts.Outcomes;
import dev.workflow.contracts.StoreFixture;
import dev.workflow.domain.ChangeOutcome;
import dev.workflow.domain.Fault;
import dev.workflow.domain.Keyed;
import dev.workflow.domain.Redrive;
import dev.workflow.domain.State;
import dev.workflow.domain.Status;
import dev.workflow.domain.StatusChange;
import dev.workflow.domain.Submission;
import dev.workflow.domain.SubmitOutcome;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.delivery.Claim;
import dev.workflow.domain.delivery.ClaimOutcome;
import dev.workflow.domain.delivery.Delivery;
import dev.workflow.domain.delivery.SettleOutcome;
import dev.workflow.domain.delivery.SettleRequest;
import dev.workflow.domain.delivery.Verdict;
import dev.workflow.postgres.key.Batch;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a batch that the database refuses, by the reason that it gives. */
final class RefusalTest extends OnOneDatabase {
    @Override
    protected StoreFixture emptyStore() {
        store.execute("DROP FUNCTION IF EXISTS fail() CASCADE");
        store.execute("DROP SEQUENCE IF EXISTS tries");
        store.execute("CREATE SEQUENCE tries");
        return super.emptyStore();
    }

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01"})
    void whoeverWasInTheWayOfOthersIsRepeatedOnce(String sqlState) {
        failing("pending", "INSERT", sqlState, 1);
        assertThat(insert(workflow("1"), workflow("2"))).allMatch(SubmitOutcome.Stored.class::isInstance);
        assertThat(tries()).isEqualTo(3);
    }

    @Test
    void whoeverIsInTheWayAgainIsToldToComeBack() {
        failing("pending", "INSERT", "40001", 1000);
        assertThat(insert(workflow("1"), workflow("2"))).allMatch(RefusalTest::isUnavailable);
        assertThat(tries()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"53100", "55P03", "57014", "25006", "XX000"})
    void whatTheDatabaseCannotDoNowIsNotRepeated(String sqlState) {
        failing("pending", "INSERT", sqlState, 1000);
        assertThat(insert(workflow("1"), workflow("2"))).allMatch(RefusalTest::isUnavailable);
        assertThat(tries()).isEqualTo(1);
    }

    /** A full disk would be filled by a line for each batch: thousands a second. */
    @Test
    void aDatabaseThatRefusesAllIsWarnedOfOnce() {
        List<String> warnings = new ArrayList<>();
        Logger logger = Logger.getLogger(Batch.class.getName());
        Handler listener = listener(warnings);
        logger.addHandler(listener);
        try {
            failing("pending", "INSERT", "53200", 1000);
            for (int i = 0; i < 20; i++) {
                assertThat(insert(workflow("1"))).allMatch(RefusalTest::isUnavailable);
            }
        } finally {
            logger.removeHandler(listener);
        }
        assertThat(warnings).containsExactly("The database refused a batch: SQLSTATE 53200");
    }

    private static Handler listener(List<String> messages) {
        return new StreamHandler() {
            @Override
            public synchronized void publish(LogRecord message) {
                messages.add(message.getMessage());
            }
        };
    }

    /** The batch fails for the second; then the first is stored, and the database goes away. */
    @Test
    void theRestIsNotTriedOnceTheDatabaseIsAway() {
        List<Workflow> all = IntStream.range(0, 20).mapToObj(i -> workflow("1")).toList();
        String fails = "WHEN 1 THEN '22000' WHEN 2 THEN NULL ELSE '53100'";
        trigger("workflow", "INSERT", "CASE nextval('tries') " + fails + " END");
        List<SubmitOutcome> outcomes = insert(all.toArray(Workflow[]::new));
        assertThat(outcomes).hasSize(20);
        assertThat(outcomes.getFirst()).isInstanceOf(SubmitOutcome.Stored.class);
        assertThat(outcomes.subList(1, 20)).allMatch(RefusalTest::isUnavailable);
        assertThat(tries()).isEqualTo(3);
    }

    /** What the server itself answers at the end is no broken connection: nothing was done, and the reason counts. */
    @Test
    void aCommitThatIsRefusedIsNoLostCommit() {
        deferred("pending", "INSERT", "CASE WHEN nextval('tries') = 1 THEN '40001' END");
        assertThat(insert(workflow("1"))).allMatch(SubmitOutcome.Stored.class::isInstance);
        assertThat(tries()).isEqualTo(2);
    }

    @Test
    void aCommitMayBlameAMemberToo() {
        deferred("pending", "INSERT", "CASE WHEN nextval('tries') IN (1, 2) THEN '23514' END");
        List<SubmitOutcome> outcomes = insert(workflow("1"), workflow("2"));
        assertThat(outcomes.get(0)).isInstanceOf(SubmitOutcome.Refused.class);
        assertThat(outcomes.get(1)).isInstanceOf(SubmitOutcome.Stored.class);
    }

    @Test
    void aClaimIsRepeatedWithWhatWasTakenFromTheQueue() {
        Workflow workflow = storedOne();
        failing("pending", "DELETE", "40P01", 1);
        Iterator<Claim> taken = List.of(claimOf(workflow)).iterator();
        List<Keyed<ClaimOutcome>> outcomes = store.deliveries().claim(() -> List.of(taken.next()));
        assertThat(outcomes).singleElement().satisfies(each -> delivered(fresh(each)));
        assertThat(tries()).isEqualTo(2);
    }

    @Test
    void aClaimThatCannotBeDoneNowFailsWithoutHarm() {
        Workflow workflow = storedOne();
        failing("pending", "DELETE", "55P03", 1);
        ClaimOutcome outcome = claim(workflow);
        assertThat(outcome).isInstanceOf(ClaimOutcome.Failed.class);
        assertThat(((ClaimOutcome.Failed) outcome).fault()).isInstanceOf(Fault.Unavailable.class);
        assertThat(found(workflow.id())).isEqualTo(workflow);
        assertThat(claim(workflow)).isInstanceOf(ClaimOutcome.Delivered.class);
    }

    @Test
    void aSettlementIsRepeatedOnce() {
        Delivery delivery = leasedOne();
        failing("delivery", "UPDATE", "40P01", 1);
        assertThat(Outcomes.settle(store.deliveries(), delivery.id(), new Verdict.Acknowledge()))
                .isInstanceOf(SettleOutcome.Settled.class);
        assertThat(tries()).isEqualTo(2);
    }

    @Test
    void aSettlementThatIsInTheWayAgainIsNotDone() {
        Delivery delivery = leasedOne();
        failing("delivery", "UPDATE", "40P01", 1000);
        assertThatThrownBy(() -> Outcomes.settle(store.deliveries(), delivery.id(), new Verdict.Acknowledge()))
                .isInstanceOf(Fault.Unavailable.class);
        assertThat(tries()).isEqualTo(2);
    }

    /** Of the second nobody can tell in time how it stands: another transaction holds its workflow, whose lease is over. */
    @Test
    void whatWasSettledIsToldWhereTheRestCannotBe() throws SQLException {
        Delivery done = leasedOne();
        Delivery stuck = leasedOne();
        Delivery later = leasedOne();
        store.execute("UPDATE delivery SET lease_until = now() WHERE id <> '" + done.id() + "'");
        store.execute("UPDATE pending SET lease_until = now() WHERE delivery_id <> '" + done.id() + "'");
        List<SettleRequest> requests = Stream.of(stuck, done, later)
                .map(each -> new SettleRequest(each.id(), new Verdict.Acknowledge()))
                .toList();
        try (PostgresStore impatient = PostgresStore.open(TestStore.settings(store.url()));
                Connection other = DriverManager.getConnection(store.url());
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT FROM pending WHERE delivery_id = '" + stuck.id() + "' FOR UPDATE");
            assertThat(impatient.deliveries().settle(requests))
                    .satisfiesExactly(
                            first -> assertThat(first).isInstanceOf(SettleOutcome.Failed.class),
                            second -> assertThat(second).isInstanceOf(SettleOutcome.Settled.class),
                            third -> assertThat(third).isInstanceOf(SettleOutcome.Failed.class));
            other.rollback();
        }
        assertThat(store.deliveries().settle(requests))
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo(new SettleOutcome.LeaseExpired()),
                        second -> assertThat(second).isInstanceOf(SettleOutcome.Settled.class),
                        third -> assertThat(third).isEqualTo(new SettleOutcome.LeaseExpired()));
    }

    @Test
    void aChangeOfStatusIsRepeatedOnce() {
        Workflow workflow = storedOne();
        failing("pending", "DELETE", "40001", 1);
        assertThat(fresh(store.workflows().changeStatus(StatusChange.of(workflow.id(), Status.CONSUMED))))
                .isInstanceOf(ChangeOutcome.Done.class);
    }

    @Test
    void aRedriveIsRepeatedOnce() {
        storedOne();
        store.execute("UPDATE pending SET dead_at = now()");
        failing("pending", "UPDATE", "40P01", 1);
        assertThat(fresh(store.deadLetters().redrive(new Redrive(null, null))).redriven())
                .isOne();
    }

    @Test
    void givingBackIsRepeatedOnce() {
        Delivery delivery = leasedOne();
        failing("delivery", "DELETE", "40P01", 1);
        store.deliveries().giveBack(delivery.id());
        assertThat(found(delivery.workflows().getFirst().id()).state()).isEqualTo(new State.Waiting());
    }

    @Test
    void aRowThatAnotherHoldsForTooLongIsAFault() throws SQLException {
        Workflow workflow = storedOne();
        try (PostgresStore impatient = PostgresStore.open(TestStore.settings(store.url()));
                Connection other = DriverManager.getConnection(store.url());
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT FROM pending FOR UPDATE");
            Claim claim = claimOf(workflow);
            assertThat(fresh(impatient.deliveries().claim(() -> List.of(claim)).getFirst()))
                    .isInstanceOf(ClaimOutcome.Failed.class);
            other.rollback();
        }
        assertThat(claim(workflow)).isInstanceOf(ClaimOutcome.Delivered.class);
    }

    private List<SubmitOutcome> insert(Workflow... workflows) {
        List<Submission> submissions =
                Stream.of(workflows).map(each -> submission(each)).toList();
        return insert(submissions.toArray(Submission[]::new));
    }

    private static boolean isUnavailable(SubmitOutcome outcome) {
        return outcome instanceof SubmitOutcome.Failed(Fault fault) && fault instanceof Fault.Unavailable;
    }

    /** Makes the first rows that a statement touches fail. */
    private void failing(String table, String operation, String sqlState, int times) {
        trigger(table, operation, "CASE WHEN nextval('tries') <= " + times + " THEN '" + sqlState + "' END");
    }

    /** A sequence counts on, whatever is rolled back. */
    private void trigger(String table, String operation, String sqlState) {
        store.execute("""
                CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$
                DECLARE state text := %s;
                BEGIN
                    IF state IS NOT NULL THEN
                        RAISE EXCEPTION 'on purpose' USING ERRCODE = state;
                    END IF;
                    RETURN coalesce(NEW, OLD);
                END $$
                """.formatted(sqlState));
        store.execute(
                "CREATE TRIGGER fail BEFORE " + operation + " ON " + table + " FOR EACH ROW EXECUTE FUNCTION fail()");
    }

    /** Fails at the COMMIT. */
    private void deferred(String table, String operation, String sqlState) {
        trigger(table, operation, sqlState);
        store.execute("DROP TRIGGER fail ON " + table);
        store.execute("CREATE CONSTRAINT TRIGGER fail AFTER " + operation + " ON " + table
                + " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fail()");
    }

    private long tries() {
        return store.number("SELECT last_value FROM tries");
    }
}
