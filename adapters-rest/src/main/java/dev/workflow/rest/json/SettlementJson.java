package dev.workflow.rest.json;

import dev.workflow.domain.delivery.DeliveryState;
import dev.workflow.domain.delivery.Settlement;
import java.util.List;
import java.util.UUID;

/** How a delivery stands, as clients see it. */
public final class SettlementJson {
    private SettlementJson() {}

    public static byte[] of(Settlement settlement) {
        JsonBytes out = new JsonBytes();
        out.raw("{\"id\":\"").uuid(settlement.id());
        out.raw("\",\"state\":\"").raw(name(settlement.state()));
        out.raw("\",\"UUIDs\":").uuids(settlement.workflowIds());
        out.raw(",\"delivered_at\":").time(settlement.times().deliveredAt());
        out.raw(",\"lease_expires_at\":").time(settlement.times().leaseExpiresAt());
        out.raw(",\"settled_at\":").time(settlement.times().settledAt());
        List<UUID> nacked = settlement.nacked();
        if (nacked != null) {
            out.raw(",\"nacked\":").uuids(nacked);
        }
        return out.raw('}').toBytes();
    }

    /** As clients spell it, in JSON and in headers. */
    public static String name(DeliveryState state) {
        return switch (state) {
            case LEASED -> "leased";
            case ACKED -> "acked";
            case NACKED -> "nacked";
            case EXPIRED -> "expired";
            case FINAL -> "final";
        };
    }
}
