package dev.workflow.postgres.delivery;

import dev.workflow.domain.Keyed;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.delivery.ClaimOutcome;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * One try to hand over. Where a table or all answers together became too large, nothing of the round may stay, and the next one
 * tries less.
 *
 * @param next what is tried then
 */
record Round(List<Keyed<ClaimOutcome>> outcomes, List<Share> next) {
    /** Nothing was handed over, since it would have been too much at once. */
    static Round ofFewer(List<Share> next) {
        return new Round(List.of(), next);
    }

    void add(Share share, Keyed<ClaimOutcome> outcome) {
        outcomes.add(outcome);
        next.add(
                outcome instanceof Keyed.Fresh<ClaimOutcome>(ClaimOutcome.Delivered delivered)
                        ? cut(share, delivered)
                        : share);
    }

    private static Share cut(Share share, ClaimOutcome.Delivered delivered) {
        int over = delivered.rendition().leftOver();
        List<UUID> ids =
                delivered.delivery().workflows().stream().map(Workflow::id).toList();
        if (over == 0) {
            return share;
        }
        int count = ids.size() - over;
        Set<UUID> fit = Set.copyOf(ids.subList(0, count));
        return new Share(
                share.claim(),
                share.entries().stream()
                        .filter(each -> fit.contains(each.workflowId()))
                        .toList(),
                Share.joined(ids.subList(count, ids.size()), delivered.leftOver()));
    }

    boolean isTooMuch() {
        return (outcomes.isEmpty() && !next.isEmpty())
                || outcomes.stream()
                        .anyMatch(each -> each instanceof Keyed.Fresh<ClaimOutcome>(ClaimOutcome.Delivered delivered)
                                && delivered.rendition().leftOver() > 0);
    }
}
