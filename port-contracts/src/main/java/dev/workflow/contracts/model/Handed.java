package dev.workflow.contracts.model;

import dev.workflow.domain.delivery.DeliveryState;
import dev.workflow.domain.delivery.Settlement;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the oracle knows of a delivery. */
final class Handed {
    /** A workflow as it was handed over. */
    record Member(UUID id, String description, long version) {}

    final UUID id;
    final String form;
    final List<Member> members;
    /** 0: for good. */
    final int lease;

    long leaseUntil;
    /** Null until something was said of it, or its lease was ended. */
    @Nullable DeliveryState end;

    @Nullable Settlement settlement;

    Handed(UUID id, String form, List<Member> members, int lease, long now) {
        this.id = id;
        this.form = form;
        this.members = List.copyOf(members);
        this.lease = lease;
        this.leaseUntil = now + lease;
    }

    List<UUID> ids() {
        return members.stream().map(Member::id).toList();
    }

    /** By what was said of it and by the clock. */
    DeliveryState state(long now) {
        if (end != null) {
            return end;
        }
        if (lease == 0) {
            return DeliveryState.FINAL;
        }
        return leaseUntil > now ? DeliveryState.LEASED : DeliveryState.EXPIRED;
    }
}
