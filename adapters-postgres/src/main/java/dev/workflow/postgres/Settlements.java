package dev.workflow.postgres;

import dev.workflow.domain.Fault;
import dev.workflow.domain.SettleOutcome;
import dev.workflow.domain.Settlement;
import dev.workflow.domain.StorePolicy;
import dev.workflow.domain.Verdict;
import io.micronaut.data.jdbc.runtime.ConnectionCallback;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What consumers say of their leases. */
final class Settlements {
    /** How often something is said that comes to nothing although nothing speaks against it. */
    private static final int TRIES = 50;

    private final Transactions transactions;
    private final StorePolicy policy;

    Settlements(Transactions transactions, StorePolicy policy) {
        this.transactions = transactions;
        this.policy = policy;
    }

    SettleOutcome settle(UUID id, Verdict verdict) {
        ConnectionCallback<Optional<Settled>> statement = switch (verdict) {
            case Verdict.Acknowledge() -> connection -> Acknowledgement.make(connection, id);
            case Verdict.Refuse refuse -> connection -> Refusal.make(connection, id, refuse, policy.maxAttempts());
        };
        return say(id, statement, standing -> standing.whyNot(verdict));
    }

    SettleOutcome extend(UUID id, @Nullable Duration lease) {
        return say(id, connection -> extend(connection, id, lease), Standing::whyNotExtended);
    }

    private SettleOutcome say(
            UUID id,
            ConnectionCallback<Optional<Settled>> statement,
            Function<Standing, Optional<SettleOutcome>> whyNot) {
        for (int i = 0; i < TRIES; i++) {
            Optional<SettleOutcome> outcome = said(statement)
                    .<SettleOutcome>map(SettleOutcome.Settled::new)
                    .or(() -> whyNot.apply(transactions.read(connection -> Standing.find(connection, id))));
            if (outcome.isPresent()) {
                return outcome.get();
            }
        }
        throw new Fault.Unavailable("Others change this delivery all the time.");
    }

    private Optional<Settlement> said(ConnectionCallback<Optional<Settled>> statement) {
        try {
            return transactions.write(connection -> {
                Optional<Settled> settled = statement.call(connection);
                return settled.isEmpty()
                        ? Ending.nothingDone(Optional.empty())
                        : Ending.done(
                                settled.map(Settled::settlement),
                                settled.get().transactionId(),
                                traceOf(settled.get().settlement()));
            });
        } catch (SQLException e) {
            throw Transactions.unavailable(e);
        }
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

    private static Optional<Settled> extend(Connection connection, UUID id, @Nullable Duration lease)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(EXTEND)) {
            statement.setObject(1, id);
            statement.setObject(2, lease == null ? null : Intervals.micros(lease), Types.BIGINT);
            statement.setObject(3, id);
            return Settled.read(statement);
        }
    }

    /** Where the lease was prolonged, or somebody has settled it since. */
    private static final String TRACE = """
            SELECT EXISTS (
                SELECT FROM delivery
                WHERE id = ? AND (state <> 'leased' OR lease_until = CAST(? AS timestamptz)))
            """;

    private static ConnectionCallback<Boolean> traceOf(Settlement settlement) {
        return connection -> {
            try (PreparedStatement statement = connection.prepareStatement(TRACE)) {
                statement.setObject(1, settlement.id());
                WorkflowRow.setTime(statement, 2, settlement.times().leaseExpiresAt());
                return Transactions.isTrue(statement);
            }
        };
    }
}
