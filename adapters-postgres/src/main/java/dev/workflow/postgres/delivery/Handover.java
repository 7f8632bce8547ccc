package dev.workflow.postgres.delivery;

import dev.workflow.domain.QueueEntry;
import dev.workflow.domain.delivery.Form;
import dev.workflow.domain.port.DeliveryRepository;
import dev.workflow.postgres.value.BinaryArray;
import dev.workflow.postgres.value.Columns;
import dev.workflow.postgres.value.Intervals;
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
    private final int maxAttempts;

    Handover(int maxAttempts) {
        this.maxAttempts = maxAttempts;
    }

    /**
     * Locks as {@link SingleTakes} does, passes over stale messages as it does, and goes by the rows as they are once they are
     * locked. The time is taken after that, once for all. A claim gets the longest run from its front; the first of it always,
     * and on its last attempt nothing else.
     *
     * <p>The plan is one for any number of workflows and expects few, so a join of two lists could compare each of a thousand with
     * each. There is none: rows are looked up one by one, and what is in another list is asked by IN where that makes a hash table.
     */
    static final String HAND_OVER = """
            WITH locked AS MATERIALIZED (
                SELECT wanted.*, pending.*
                FROM (
                    SELECT id, timestamptz 'epoch' + said * interval '1 microsecond' AS said_at, delivery_id, form,
                           nullif(lease, 0) * interval '1 microsecond' AS lease, place
                    FROM unnest(?, ?, ?, ?, ?) WITH ORDINALITY AS batch (id, said, delivery_id, form, lease, place)
                    ORDER BY id) AS wanted
                CROSS JOIN LATERAL (
                    SELECT version, attempts, last_error, queued_at, lease_until, dead_at
                    FROM pending WHERE pending.id = wanted.id LIMIT 1 FOR UPDATE) AS pending),
            moment AS MATERIALIZED (
                SELECT clock_timestamp() AS now FROM (SELECT count(*) FROM locked) AS first),
            had AS MATERIALIZED (
                SELECT place, locked.id, delivery_id, form, lease, version + 1 AS version, attempts, last_error,
                       row_number() OVER run AS nth,
                       sum(w.length) OVER run AS bytes,
                       bool_or(lease IS NOT NULL AND attempts + 1 >= ?) OVER run AS alone
                FROM locked
                CROSS JOIN LATERAL (
                    SELECT octet_length(source) AS length FROM workflow WHERE workflow.id = locked.id LIMIT 1) w
                WHERE lease_until IS NULL AND dead_at IS NULL AND queued_at <= said_at
                WINDOW run AS (PARTITION BY delivery_id ORDER BY place)),
            chosen AS MATERIALIZED (
                SELECT * FROM had WHERE nth = 1 OR (bytes <= %s AND NOT alone)),
            taken AS (
                DELETE FROM pending
                WHERE id = ANY (ARRAY(SELECT id FROM chosen WHERE lease IS NULL))
                RETURNING id),
            leased AS (
                UPDATE pending
                SET version = version + 1,
                    delivery_id = (ARRAY(SELECT delivery_id FROM chosen ORDER BY place))
                                  [array_position(ARRAY(SELECT id FROM chosen ORDER BY place), id)],
                    lease_until = (SELECT now FROM moment)
                                + (ARRAY(SELECT lease FROM chosen ORDER BY place))
                                  [array_position(ARRAY(SELECT id FROM chosen ORDER BY place), id)]
                WHERE id = ANY (ARRAY(SELECT id FROM chosen WHERE lease IS NOT NULL))
                RETURNING id),
            handed AS MATERIALIZED (
                SELECT * FROM chosen WHERE id IN (SELECT id FROM taken) OR id IN (SELECT id FROM leased)),
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
            SELECT h.id AS had_id, h.delivery_id AS had_by, w.id, %s, w.steps,
                   version, attempts, last_error, h.delivery_id, now + lease AS lease_until, false AS delayed,
                   CAST(NULL AS timestamptz) AS dead_at, CASE WHEN lease IS NULL THEN now END AS consumed_at,
                   pg_current_xact_id() AS transaction_id
            FROM (
                SELECT *, true AS is_handed FROM handed
                UNION ALL
                SELECT *, false FROM had WHERE id NOT IN (SELECT id FROM handed)) AS h
            CROSS JOIN moment
            LEFT JOIN LATERAL (SELECT * FROM workflow WHERE is_handed AND workflow.id = h.id LIMIT 1) w ON true
            ORDER BY place
            """.formatted(DeliveryRepository.MAX_BYTES, Form.PLAIN, Handed.LIMITED_DATA);

    Handed handOver(Connection connection, List<Share> shares) throws SQLException {
        List<UUID> ids = new ArrayList<>();
        List<Instant> queuedAt = new ArrayList<>();
        List<UUID> deliveryIds = new ArrayList<>();
        List<byte[]> forms = new ArrayList<>();
        List<Long> leases = new ArrayList<>();
        for (Share share : shares) {
            byte[] form = share.claim().terms().form().text().getBytes(StandardCharsets.UTF_8);
            for (QueueEntry each : share.entries()) {
                ids.add(each.workflowId());
                queuedAt.add(each.queuedAt());
                deliveryIds.add(share.claim().deliveryId());
                forms.add(form);
                leases.add(lease(share));
            }
        }
        try (PreparedStatement statement = connection.prepareStatement(HAND_OVER)) {
            statement.setObject(1, BinaryArray.ofUuids(ids));
            statement.setObject(2, BinaryArray.ofTimes(queuedAt));
            statement.setObject(3, BinaryArray.ofUuids(deliveryIds));
            statement.setObject(4, BinaryArray.ofTexts(forms));
            statement.setArray(5, connection.createArrayOf("bigint", leases.toArray()));
            statement.setInt(6, maxAttempts);
            statement.setLong(7, Handed.limit(shares));
            try (ResultSet row = statement.executeQuery()) {
                return read(row);
            }
        }
    }

    /** In microseconds; zero for good. */
    private static Long lease(Share share) {
        Duration lease = share.claim().terms().lease();
        return lease == null ? 0L : Intervals.micros(lease);
    }

    private static Handed read(ResultSet row) throws SQLException {
        Handed handed = Handed.NOTHING;
        while (row.next()) {
            if (handed.transactionId().isEmpty()) {
                handed = new Handed(row.getString("transaction_id"));
            }
            UUID deliveryId = Columns.uuid(row, "had_by");
            if (row.getObject("id") == null) {
                handed.make(deliveryId).leftOver().add(Columns.uuid(row, "had_id"));
            } else {
                handed.add(deliveryId, row);
            }
        }
        return handed;
    }
}
