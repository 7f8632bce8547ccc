package dev.workflow.rest.json;

import dev.workflow.domain.DeliveryState;
import dev.workflow.domain.Settlement;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How a delivery stands, as clients see it. */
public final class SettlementJson {
    private static final int USUAL_BYTES = 256;

    private SettlementJson() {}

    public static byte[] of(Settlement settlement) {
        JsonBytes out = new JsonBytes(USUAL_BYTES);
        out.raw("{\"id\":\"").uuid(settlement.id());
        out.raw("\",\"state\":\"").raw(name(settlement.state()));
        out.raw("\",\"UUIDs\":").uuids(settlement.workflowIds());
        out.raw(",\"delivered_at\":").time(settlement.times().deliveredAt());
        time(",\"lease_expires_at\":", settlement.times().leaseExpiresAt(), out);
        time(",\"settled_at\":", settlement.times().settledAt(), out);
        List<UUID> nacked = settlement.nacked();
        if (nacked != null) {
            out.raw(",\"nacked\":").uuids(nacked);
        }
        return out.raw('}').toBytes();
    }

    private static void time(String member, @Nullable Instant time, JsonBytes out) {
        out.raw(member);
        if (time == null) {
            out.raw("null");
        } else {
            out.time(time);
        }
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
