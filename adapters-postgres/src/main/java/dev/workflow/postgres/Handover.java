package dev.workflow.postgres;

import dev.workflow.domain.Form;
import dev.workflow.domain.QueueEntry;
import dev.workflow.domain.StorePolicy;
import dev.workflow.domain.port.DeliveryRepository;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Claims of any kind: on a lease or for good, of one workflow or of many, in any form. */
final class Handover {
    private final StorePolicy policy;

    Handover(StorePolicy policy) {
        this.policy = policy;
    }

    /**
     * Locks as {@link SingleTakes} does, passes over stale messages as it does, and goes by the rows as they are once they are
     * locked. The time is taken after that, once for all. A claim gets the longest run from its front; the first of it always,
     * and on its last attempt nothing else. What was not handed over is told by NOT IN, which makes a hash table: the plan is
     * one for any number of workflows and expects few, and a join of a thousand compared each with each.
     */
    private static final String HAND_OVER = """
            WITH wanted AS MATERIALIZED (
                SELECT id, timestamptz 'epoch' + said * interval '1 microsecond' AS said_at, claim, place
                FROM unnest(?, ?, ?) WITH ORDINALITY AS batch (id, said, claim, place)),
            claims AS MATERIALIZED (
                SELECT claim, delivery_id, form, nullif(lease, 0) * interval '1 microsecond' AS lease
                FROM unnest(?, ?, ?) WITH ORDINALITY AS batch (delivery_id, form, lease, claim)),
            locked AS MATERIALIZED (
                SELECT id, attempts, queued_at, lease_until, dead_at
                FROM pending WHERE id = ANY (?) ORDER BY id FOR UPDATE),
            moment AS MATERIALIZED (
                SELECT clock_timestamp() AS now FROM (SELECT count(*) FROM locked) AS first),
            had AS MATERIALIZED (
                SELECT claim, place, locked.id, delivery_id, form, lease, row_number() OVER run AS nth,
                       sum(w.length) OVER run AS bytes,
                       bool_or(lease IS NOT NULL AND attempts + 1 >= ?) OVER run AS alone
                FROM locked JOIN wanted USING (id) JOIN claims USING (claim)
                CROSS JOIN LATERAL (
                    SELECT octet_length(source) AS length FROM workflow WHERE workflow.id = locked.id LIMIT 1) w
                WHERE lease_until IS NULL AND dead_at IS NULL AND queued_at <= said_at
                WINDOW run AS (PARTITION BY claim ORDER BY place)),
            chosen AS MATERIALIZED (
                SELECT * FROM had WHERE nth = 1 OR (bytes <= %d AND NOT alone)),
            taken AS (
                DELETE FROM pending
                WHERE id = ANY (ARRAY(SELECT id FROM chosen WHERE lease IS NULL))
                RETURNING id, version + 1 AS version, attempts, last_error),
            leased AS (
                UPDATE pending
                SET version = version + 1,
                    delivery_id = (ARRAY(SELECT delivery_id FROM chosen ORDER BY claim, place))
                                  [array_position(ARRAY(SELECT id FROM chosen ORDER BY claim, place), id)],
                    lease_until = (SELECT now FROM moment)
                                + (ARRAY(SELECT lease FROM chosen ORDER BY claim, place))
                                  [array_position(ARRAY(SELECT id FROM chosen ORDER BY claim, place), id)]
                WHERE id = ANY (ARRAY(SELECT id FROM chosen WHERE lease IS NOT NULL))
                RETURNING id, version, attempts, last_error),
            handed AS MATERIALIZED (
                SELECT * FROM chosen JOIN (SELECT * FROM taken UNION ALL SELECT * FROM leased) AS changed USING (id)),
            done AS (
                INSERT INTO consumed (id, version, consumed_at, delivery_id, attempts, last_error)
                SELECT id, version, now, delivery_id, attempts, last_error
                FROM handed CROSS JOIN moment
                WHERE lease IS NULL),
            delivered AS (
                INSERT INTO delivery (id, form, state, delivered_at, lease, lease_expires_at, lease_until,
                                      workflow_ids, versions, attempts, last_errors)
                SELECT delivery_id, form, CASE WHEN lease IS NULL THEN 'final' ELSE 'leased' END, now,
                       lease, now + lease, now + lease,
                       array_agg(id ORDER BY place), array_agg(version ORDER BY place),
                       array_agg(attempts ORDER BY place), array_agg(last_error ORDER BY place)
                FROM handed CROSS JOIN moment
                GROUP BY delivery_id, form, lease, now
                HAVING lease IS NOT NULL OR count(*) > 1 OR form <> '%s')
            SELECT had_id, had_by, w.id, w.source, w.steps,
                   version, attempts, last_error, had_by AS delivery_id, now + lease AS lease_until, false AS delayed,
                   CAST(NULL AS timestamptz) AS dead_at, CASE WHEN lease IS NULL THEN now END AS consumed_at,
                   pg_current_xact_id() AS transaction_id
            FROM (
                SELECT claim, place, id AS had_id, delivery_id AS had_by, id, version, attempts, last_error, lease
                FROM handed
                UNION ALL
                SELECT claim, place, id, delivery_id, NULL, NULL, NULL, NULL, NULL
                FROM had WHERE id NOT IN (SELECT id FROM handed)) AS h
            CROSS JOIN moment
            LEFT JOIN LATERAL (SELECT * FROM workflow WHERE workflow.id = h.id LIMIT 1) w ON true
            ORDER BY claim, place
            """.formatted(DeliveryRepository.MAX_BYTES, Form.PLAIN);

    Handed handOver(Connection connection, List<Share> shares) throws SQLException {
        List<UUID> ids = new ArrayList<>();
        List<Instant> queuedAt = new ArrayList<>();
        List<Long> claims = new ArrayList<>();
        for (int i = 0; i < shares.size(); i++) {
            for (QueueEntry each : shares.get(i).entries()) {
                ids.add(each.workflowId());
                queuedAt.add(each.queuedAt());
                claims.add(i + 1L);
            }
        }
        try (PreparedStatement statement = connection.prepareStatement(HAND_OVER)) {
            BinaryArray wanted = BinaryArray.ofUuids(ids);
            statement.setObject(1, wanted);
            statement.setObject(2, BinaryArray.ofTimes(queuedAt));
            statement.setArray(3, connection.createArrayOf("bigint", claims.toArray()));
            describe(statement, shares);
            statement.setObject(7, wanted);
            statement.setInt(8, policy.maxAttempts());
            try (ResultSet row = statement.executeQuery()) {
                return read(row);
            }
        }
    }

    private static void describe(PreparedStatement statement, List<Share> shares) throws SQLException {
        statement.setObject(
                4,
                BinaryArray.ofUuids(
                        shares.stream().map(each -> each.claim().deliveryId()).toList()));
        statement.setObject(
                5,
                BinaryArray.ofTexts(shares.stream()
                        .map(each -> each.claim().terms().form().text().getBytes(StandardCharsets.UTF_8))
                        .toList()));
        statement.setArray(
                6,
                statement
                        .getConnection()
                        .createArrayOf(
                                "bigint", shares.stream().map(Handover::lease).toArray()));
    }

    /** In microseconds; zero for good. */
    private static Long lease(Share share) {
        Duration lease = share.claim().terms().lease();
        return lease == null ? 0L : Intervals.micros(lease);
    }

    private static Handed read(ResultSet row) throws SQLException {
        Handed handed = Handed.NOTHING;
        while (row.next()) {
            if (handed.byDelivery().isEmpty()) {
                handed = new Handed(row.getString("transaction_id"));
            }
            Handed.Portion portion = handed.make(WorkflowRow.uuid(row, "had_by"));
            if (row.getObject("id") == null) {
                portion.leftOver().add(WorkflowRow.uuid(row, "had_id"));
            } else {
                portion.workflows().add(WorkflowRow.read(row));
            }
        }
        return handed;
    }
}
