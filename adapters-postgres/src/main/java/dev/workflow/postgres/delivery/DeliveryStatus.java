package dev.workflow.postgres.delivery;

import dev.workflow.domain.delivery.DeliveryState;
import dev.workflow.domain.delivery.SettleOutcome;
import dev.workflow.domain.delivery.Settlement;
import dev.workflow.domain.delivery.Verdict;
import dev.workflow.postgres.value.Columns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a delivery stands, to explain why nothing could be said of it.
 *
 * @param settlement null when it is unknown
 * @param held the workflows that it has on a lease, which may be over and wait for its end to be written down
 */
record DeliveryStatus(@Nullable Settlement settlement, List<UUID> held) {
    private static final String FIND = """
            SELECT d.id, %s AS state, d.delivered_at, CAST(NULL AS timestamptz) AS lease_until, d.settled_at,
                   d.touched, d.nacked, ARRAY(
                SELECT p.id FROM pending p
                WHERE p.delivery_id = ? AND p.lease_until IS NOT NULL AND NOT p.delayed) AS held
            FROM delivery d
            WHERE d.id = ?
            UNION ALL
            SELECT c.delivery_id, 'final', c.consumed_at, NULL, NULL, NULL, NULL, CAST('{}' AS uuid[])
            FROM consumed c
            WHERE c.delivery_id = ? AND NOT EXISTS (SELECT FROM delivery WHERE delivery.id = ?)
            """.formatted(DeliveryRow.STATE);

    /** What somebody said of a lease in time, and is still being committed, goes before the end of the lease. */
    private static final String AWAIT = """
            WITH held AS MATERIALIZED (
                SELECT id FROM pending WHERE delivery_id = ? AND lease_until IS NOT NULL ORDER BY id FOR SHARE)
            SELECT id FROM delivery WHERE id = ? AND (SELECT count(*) FROM held) >= 0 FOR SHARE""";

    static DeliveryStatus find(Connection connection, UUID id) throws SQLException {
        DeliveryStatus status = look(connection, id);
        if (status.isOverUnwritten()) {
            try (PreparedStatement statement = connection.prepareStatement(AWAIT)) {
                statement.setObject(1, id);
                statement.setObject(2, id);
                statement.executeQuery().close();
            }
            return look(connection, id);
        }
        return status;
    }

    private boolean isOverUnwritten() {
        return settlement != null
                && settlement.state() == DeliveryState.EXPIRED
                && settlement.times().settledAt() == null;
    }

    private static DeliveryStatus look(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            for (int i = 1; i <= 4; i++) {
                statement.setObject(i, id);
            }
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? new DeliveryStatus(Settled.settlement(row), Columns.uuids(row, "held"))
                        : new DeliveryStatus(null, List.of());
            }
        }
    }

    Optional<SettleOutcome> whyNot(Verdict verdict) {
        if (settlement != null && settlement.state() == verdict.state()) {
            return Optional.of(new SettleOutcome.Settled(settlement, true));
        }
        return whyNotExtended().or(() -> notInDelivery(verdict));
    }

    /** What somebody has taken out of it does not belong to it any more. */
    private Optional<SettleOutcome> notInDelivery(Verdict verdict) {
        Set<UUID> named = verdict instanceof Verdict.Refuse refuse ? refuse.workflowIds() : Set.of();
        List<UUID> foreign = named.stream().filter(each -> !held.contains(each)).toList();
        return foreign.isEmpty() ? Optional.empty() : Optional.of(new SettleOutcome.NotInDelivery(foreign));
    }

    /** Empty when nothing speaks against it: what was in the way is gone. */
    Optional<SettleOutcome> whyNotExtended() {
        if (settlement == null) {
            return Optional.of(new SettleOutcome.UnknownDelivery());
        }
        SettleOutcome settled = new SettleOutcome.AlreadySettled(settlement.state());
        return switch (settlement.state()) {
            case FINAL -> Optional.of(new SettleOutcome.NotLeased());
            case EXPIRED -> Optional.of(wasEmptied(settlement) ? settled : new SettleOutcome.LeaseExpired());
            case ACKED, NACKED -> Optional.of(settled);
            case LEASED -> Optional.empty();
        };
    }

    /** Its lease is over, and there was nothing left to go back. */
    private boolean wasEmptied(Settlement expired) {
        return expired.times().settledAt() == null && held.isEmpty();
    }
}
