package dev.workflow.postgres.delivery;

import dev.workflow.domain.QueueEntry;
import dev.workflow.domain.RequestKey;
import dev.workflow.domain.delivery.Claim;
import dev.workflow.postgres.key.RequestKeys.Taking;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What of a claim is tried.
 *
 * @param entries the workflows that are tried
 * @param heldBack those that are not, since the table of the answer would become too large
 */
record Share(Claim claim, List<QueueEntry> entries, List<UUID> heldBack) {
    static Share whole(Claim claim) {
        return new Share(claim, claim.entries(), List.of());
    }

    Optional<Taking> taking() {
        RequestKey key = claim.terms().key();
        return Optional.ofNullable(key).map(each -> new Taking(each, List.of(), claim.deliveryId()));
    }

    /** Leaves nothing behind but the row of the workflow: see {@link SingleTakes}. */
    boolean isSingle() {
        return claim.terms().isFinal() && claim.terms().form().isPlain() && entries.size() == 1;
    }

    static List<UUID> joined(List<UUID> first, List<UUID> second) {
        List<UUID> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
