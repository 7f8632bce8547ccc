package dev.workflow.postgres;

import static dev.workflow.contracts.Outcomes.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.Together;
import dev.workflow.domain.ChangeOutcome;
import dev.workflow.domain.Keyed;
import dev.workflow.domain.Redrive;
import dev.workflow.domain.RedriveOutcome;
import dev.workflow.domain.RequestKey;
import dev.workflow.domain.Status;
import dev.workflow.domain.StatusChange;
import dev.workflow.domain.Submission;
import dev.workflow.domain.SubmitOutcome;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.delivery.Claim;
import dev.workflow.domain.delivery.ClaimOutcome;
import dev.workflow.domain.delivery.DeliveryTerms;
import dev.workflow.domain.port.WorkflowRepository;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The same keys in the hands of several replicas. */
final class KeyRacesTest extends TwoStores {
    /** Half of them go through the keys backwards, the batch being as long as all keys. */
    @Test
    void parallelSubmissionsOfOneKeyStoreOnce() throws Exception {
        List<RequestKey> keys = keys(30);
        List<Keyed<SubmitOutcome>> outcomes = Together.run(List.of(
                () -> submitAll(first.workflows(), keys),
                () -> submitAll(second.workflows(), keys.reversed()),
                () -> submitAll(first.workflows(), keys.reversed()),
                () -> submitAll(second.workflows(), keys)));

        Set<UUID> stored = new HashSet<>();
        for (Keyed<SubmitOutcome> each : outcomes) {
            stored.add(((SubmitOutcome.Stored) outcomeOf(each))
                    .workflows()
                    .getFirst()
                    .id());
        }
        assertThat(stored).hasSize(30);
        assertThat(outcomes.stream().filter(Keyed.Fresh.class::isInstance)).hasSize(30);
        assertThat(first.number("SELECT count(*) FROM workflow")).isEqualTo(30);
        assertThat(drainAll()).hasSize(30);
    }

    private static List<Keyed<SubmitOutcome>> submitAll(WorkflowRepository workflows, List<RequestKey> keys) {
        return workflows.insert(keys.stream()
                .map(key -> new Submission(List.of(workflow("1")), key))
                .toList());
    }

    @Test
    void parallelClaimsOfOneKeyDeliverOnce() throws Exception {
        List<RequestKey> keys = keys(10);
        List<Callable<List<Keyed<ClaimOutcome>>>> works = new ArrayList<>();
        for (PostgresStore store : List.of(first.postgres(), second, first.postgres(), second)) {
            List<Workflow> own = stored("1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
            List<RequestKey> order = works.size() % 2 == 0 ? keys : keys.reversed();
            List<Claim> claims = IntStream.range(0, 10)
                    .mapToObj(i -> claimOf(
                            List.of(own.get(i).id()),
                            new DeliveryTerms(i % 2 == 0 ? PLAIN : NAMES, null, order.get(i))))
                    .toList();
            works.add(() -> store.deliveries().claim(() -> claims));
        }

        List<Keyed<ClaimOutcome>> outcomes = Together.run(works);

        Set<UUID> delivered = new HashSet<>();
        outcomes.forEach(
                each -> delivered.add(delivered(outcomeOf(each)).delivery().id()));
        assertThat(delivered).hasSize(10);
        assertThat(first.number("SELECT count(*) FROM consumed")).isEqualTo(10);
        assertThat(first.number("SELECT count(*) FROM idempotency")).isEqualTo(10);
    }

    @Test
    void parallelChangesOfOneKeyChangeOnce() throws Exception {
        Workflow workflow = queuedOne();
        StatusChange change = new StatusChange(workflow.id(), Status.CONSUMED, null, key("change"));
        List<ChangeOutcome> outcomes = Together.run(List.of(
                () -> List.of(outcomeOf(first.workflows().changeStatus(change))),
                () -> List.of(outcomeOf(second.workflows().changeStatus(change))),
                () -> List.of(outcomeOf(second.workflows().changeStatus(change)))));
        assertThat(outcomes).containsOnly(new ChangeOutcome.Done(found(workflow.id())));
        assertThat(found(workflow.id()).history().version()).isEqualTo(2);
    }

    @Test
    void parallelRedrivesOfOneKeyRedriveOnce() throws Exception {
        stored("1", "2", "3");
        drainAll();
        first.execute("UPDATE pending SET dead_at = now()");
        Redrive redrive = new Redrive(null, key("redrive"));
        List<RedriveOutcome> outcomes = Together.run(List.of(
                () -> List.of(outcomeOf(first.deadLetters().redrive(redrive))),
                () -> List.of(outcomeOf(second.deadLetters().redrive(redrive))),
                () -> List.of(outcomeOf(second.deadLetters().redrive(redrive)))));
        assertThat(outcomes).containsOnly(new RedriveOutcome(3, List.of(), false));
        assertThat(drainAll()).hasSize(3);
    }

    /** Whoever waits for a key in vain is told so; the others of the batch have what they asked for. */
    @Test
    void aKeyThatIsBeingUsedStopsOnlyItsOwnRequest() throws SQLException {
        Workflow held = workflow("1");
        Workflow other = workflow("2");
        Workflow without = workflow("3");
        try (PostgresStore impatient = PostgresStore.open(TestStore.settings(first.url()));
                Connection open = DriverManager.getConnection(first.url());
                Statement statement = open.createStatement()) {
            open.setAutoCommit(false);
            statement.execute("INSERT INTO idempotency VALUES ('', 'held', 'the request', now() + interval '1 day')");
            List<Keyed<SubmitOutcome>> outcomes = impatient
                    .workflows()
                    .insert(List.of(
                            new Submission(List.of(held), key("held")),
                            new Submission(List.of(other), key("other")),
                            submission(without)));
            assertThat(outcomes.get(0)).isEqualTo(new Keyed.InProgress<>());
            assertThat(fresh(outcomes.get(1))).isEqualTo(new SubmitOutcome.Stored(List.of(other)));
            assertThat(fresh(outcomes.get(2))).isEqualTo(new SubmitOutcome.Stored(List.of(without)));
            assertThat(impatient
                            .workflows()
                            .changeStatus(new StatusChange(other.id(), Status.CONSUMED, null, key("held"))))
                    .isEqualTo(new Keyed.InProgress<>());
            assertThat(impatient.deadLetters().redrive(new Redrive(null, key("held"))))
                    .isEqualTo(new Keyed.InProgress<>());
            open.rollback();
        }
        assertThat(first.workflows().find(held.id())).isEmpty();
        assertThat(fresh(first.workflows()
                        .insert(List.of(new Submission(List.of(held), key("held"))))
                        .getFirst()))
                .isEqualTo(new SubmitOutcome.Stored(List.of(held)));
    }

    private static List<RequestKey> keys(int count) {
        return IntStream.range(0, count).mapToObj(i -> key("key " + i)).toList();
    }

    private static <O> O outcomeOf(Keyed<O> keyed) {
        @Nullable O outcome = switch (keyed) {
            case Keyed.Fresh<O>(O fresh) -> fresh;
            case Keyed.Replayed<O>(O before) -> before;
            case Keyed.Reused<O>() -> null;
            case Keyed.InProgress<O>() -> null;
        };
        return Objects.requireNonNull(outcome, () -> "" + keyed);
    }
}
