package dev.workflow.postgres.delivery;

import dev.workflow.domain.Fault;
import dev.workflow.domain.delivery.SettleOutcome;
import dev.workflow.domain.delivery.SettleRequest;
import dev.workflow.domain.delivery.Settlement;
import dev.workflow.domain.delivery.Verdict;
import dev.workflow.postgres.server.Ending;
import dev.workflow.postgres.server.Transactions;
import dev.workflow.postgres.value.BinaryArray;
import dev.workflow.postgres.value.Columns;
import dev.workflow.postgres.value.Intervals;
import io.micronaut.data.jdbc.runtime.ConnectionCallback;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What consumers say of their leases. */
final class Settlements {
    /** How often something is said that comes to nothing although nothing speaks against it. */
    private static final int TRIES = 50;

    private final Transactions transactions;
    private final int maxAttempts;

    Settlements(Transactions transactions, int maxAttempts) {
        this.transactions = transactions;
        this.maxAttempts = maxAttempts;
    }

    /** What is settled is told whatever becomes of the others, and once one of these fails the rest is not tried. */
    List<SettleOutcome> settle(List<SettleRequest> requests) {
        List<Settlement> settled = said(connection -> settle(connection, requests));
        Set<UUID> told = new HashSet<>();
        List<SettleOutcome> outcomes = new ArrayList<>(requests.size());
        Fault away = null;
        for (SettleRequest request : requests) {
            Optional<Settlement> own = find(settled, request);
            if (own.isPresent()) {
                outcomes.add(new SettleOutcome.Settled(own.get(), !told.add(request.deliveryId())));
            } else if (away == null) {
                SettleOutcome explained = explain(request);
                outcomes.add(explained);
                away = explained instanceof SettleOutcome.Failed(Fault fault)
                        ? Fault.Unavailable.database("The database went away.", fault)
                        : null;
            } else {
                outcomes.add(new SettleOutcome.Failed(away));
            }
        }
        return outcomes;
    }

    private SettleOutcome explain(SettleRequest request) {
        try {
            return explain(
                    request.deliveryId(),
                    status -> status.whyNot(request.verdict()),
                    connection -> settle(connection, List.of(request)));
        } catch (Fault fault) {
            return new SettleOutcome.Failed(fault);
        }
    }

    private static Optional<Settlement> find(List<Settlement> settled, SettleRequest request) {
        return settled.stream()
                .filter(each -> each.id().equals(request.deliveryId())
                        && each.state() == request.verdict().state())
                .findFirst();
    }

    /** All acknowledgements are one statement, each refusal is one. */
    private List<Settled> settle(Connection connection, List<SettleRequest> requests) throws SQLException {
        List<SettleRequest> refusals = requests.stream()
                .filter(each -> each.verdict() instanceof Verdict.Refuse)
                .toList();
        List<UUID> acknowledged = requests.stream()
                .filter(each -> each.verdict() instanceof Verdict.Acknowledge)
                .map(SettleRequest::deliveryId)
                .toList();
        if (!refusals.isEmpty() && requests.size() > 1) {
            lock(connection, requests);
        }
        List<Settled> settled = new ArrayList<>();
        if (!acknowledged.isEmpty()) {
            settled.addAll(Acknowledgement.make(connection, acknowledged));
        }
        for (SettleRequest each : refusals) {
            if (each.verdict() instanceof Verdict.Refuse refuse) {
                settled.addAll(Refusal.make(connection, each.deliveryId(), refuse, maxAttempts));
            }
        }
        return settled;
    }

    private static final String LOCK = """
            SELECT id FROM pending WHERE delivery_id = ANY (?) AND lease_until IS NOT NULL ORDER BY id FOR UPDATE""";

    /** Several statements that lock one after the other would meet others half way. */
    private static void lock(Connection connection, List<SettleRequest> requests) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            statement.setObject(
                    1,
                    BinaryArray.ofUuids(
                            requests.stream().map(SettleRequest::deliveryId).toList()));
            statement.executeQuery().close();
        }
    }

    SettleOutcome extend(UUID id, @Nullable Duration lease) {
        ConnectionCallback<List<Settled>> statement = connection -> extend(connection, id, lease);
        return said(statement).stream()
                .findFirst()
                .<SettleOutcome>map(each -> new SettleOutcome.Settled(each, false))
                .orElseGet(() -> explain(id, DeliveryStatus::whyNotExtended, statement));
    }

    /** Tells why something came to nothing; where nothing speaks against it any more, it is said again. */
    private SettleOutcome explain(
            UUID id,
            Function<DeliveryStatus, Optional<SettleOutcome>> whyNot,
            ConnectionCallback<List<Settled>> statement) {
        for (int i = 0; i < TRIES; i++) {
            Optional<SettleOutcome> outcome = whyNot.apply(transactions.read(other -> DeliveryStatus.find(other, id)))
                    .or(() -> said(statement).stream().findFirst().map(each -> new SettleOutcome.Settled(each, false)));
            if (outcome.isPresent()) {
                return outcome.get();
            }
        }
        throw new Fault.Unavailable("Others change this delivery all the time.");
    }

    private List<Settlement> said(ConnectionCallback<List<Settled>> statements) {
        try {
            return transactions.writeInsistently(connection -> ending(statements.call(connection)));
        } catch (SQLException e) {
            throw Transactions.unavailable(e);
        }
    }

    private static Ending<List<Settlement>> ending(List<Settled> settled) {
        List<Settlement> settlements = settled.stream().map(Settled::settlement).toList();
        return settled.isEmpty()
                ? Ending.nothingDone(settlements)
                : Ending.done(settlements, settled.getFirst().transactionId(), traceOf(settlements.getFirst()));
    }

    private static final String EXTEND = """
            WITH %s,
            longer AS (
                UPDATE delivery
                SET lease_until = clock_timestamp() + coalesce(CAST(? AS bigint) * interval '1 microsecond', lease)
                WHERE %s
                RETURNING id, state, delivered_at, lease_until, settled_at, %s AS touched, nacked),
            kept AS (
                UPDATE pending
                SET version = version + 1, lease_until = (SELECT lease_until FROM longer)
                WHERE id = ANY (ARRAY(SELECT held.id FROM held CROSS JOIN longer)))
            SELECT *, pg_current_xact_id() AS transaction_id FROM longer
            """.formatted(Settled.HELD, Settled.STILL_LEASED, Settled.inOrder("held"));

    private static List<Settled> extend(Connection connection, UUID id, @Nullable Duration lease) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(EXTEND)) {
            statement.setObject(1, BinaryArray.ofUuids(List.of(id)));
            statement.setObject(2, lease == null ? null : Intervals.micros(lease), Types.BIGINT);
            return Settled.read(statement);
        }
    }

    /** Where the lease was prolonged, or somebody has settled it since; all that was said with it ended with it. */
    private static final String TRACE = """
            SELECT EXISTS (
                SELECT FROM delivery
                WHERE id = ? AND (state <> 'leased' OR lease_until = CAST(? AS timestamptz)))
            """;

    private static ConnectionCallback<Boolean> traceOf(Settlement settlement) {
        return connection -> {
            try (PreparedStatement statement = connection.prepareStatement(TRACE)) {
                statement.setObject(1, settlement.id());
                Columns.setTime(statement, 2, settlement.times().leaseExpiresAt());
                return Transactions.isTrue(statement);
            }
        };
    }
}
