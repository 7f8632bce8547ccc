package dev.workflow.postgres.delivery;

import dev.workflow.domain.Workflow;
import dev.workflow.domain.port.DeliveryRepository;
import dev.workflow.postgres.workflow.WorkflowRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What a statement handed over.
 *
 * @param byDelivery by the id of the delivery
 * @param withheld bytes of data by the id of the delivery; empty unless all were too many at once, and were not fetched
 */
record Handed(Map<UUID, Portion> byDelivery, Map<UUID, Long> withheld, String transactionId) {
    static final Handed NOTHING = new Handed(Map.of(), Map.of(), "");

    /**
     * The data of a row, and how many bytes these are. Of all rows together they are limited, since the driver reads them at
     * once: where they are more, there are none.
     */
    static final String LIMITED_DATA = """
            CASE WHEN sum(octet_length(w.source)) OVER () <= CAST(? AS bigint) THEN w.source END AS source,
            octet_length(w.source) AS bytes""";

    /** The first one gets its answer in any case. */
    static long limit(List<Share> shares) {
        return shares.size() == 1 ? Long.MAX_VALUE : DeliveryRepository.MAX_BYTES_AT_ONCE;
    }

    /**
     * What one claim got.
     *
     * @param leftOver what it could have had beyond
     */
    record Portion(List<Workflow> workflows, List<UUID> leftOver) {
        Portion() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    Handed(String transactionId) {
        this(new HashMap<>(), new HashMap<>(), transactionId);
    }

    Portion of(UUID deliveryId) {
        return byDelivery.getOrDefault(deliveryId, new Portion());
    }

    /** To be added to. */
    Portion make(UUID deliveryId) {
        return byDelivery.computeIfAbsent(deliveryId, id -> new Portion());
    }

    /** Adds the row of a workflow that was handed over. */
    void add(UUID deliveryId, ResultSet row) throws SQLException {
        if (row.getBytes("source") == null) {
            withheld.merge(deliveryId, row.getLong("bytes"), Long::sum);
        } else {
            make(deliveryId).workflows().add(WorkflowRow.read(row));
        }
    }

    boolean isTooMuch() {
        return !withheld.isEmpty();
    }

    /** Those at the front that are not too much at once. */
    List<Share> fitting(List<Share> shares) {
        long bytes = 0;
        int count = 0;
        while (count < shares.size()) {
            bytes += withheld.getOrDefault(shares.get(count).claim().deliveryId(), 0L);
            if (count > 0 && bytes > DeliveryRepository.MAX_BYTES_AT_ONCE) {
                break;
            }
            count++;
        }
        return shares.subList(0, count);
    }

    boolean isEmpty() {
        return byDelivery.values().stream().allMatch(each -> each.workflows().isEmpty());
    }
}
