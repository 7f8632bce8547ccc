package dev.workflow.postgres;

import dev.workflow.domain.ClaimOutcome;
import dev.workflow.domain.Keyed;
import dev.workflow.domain.Workflow;
import java.util.List;
import java.util.UUID;

/**
 * One try to hand over. Where a table became too large, nothing of the round may stay, and the next one tries less.
 *
 * @param next what is tried then
 */
record Round(List<Keyed<ClaimOutcome>> outcomes, List<Share> next) {
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
        int count = ids.size() - over;
        return over == 0
                ? share
                : new Share(
                        share.claim(),
                        ids.subList(0, count),
                        Share.joined(ids.subList(count, ids.size()), delivered.leftOver()));
    }

    boolean isTooMuch() {
        return outcomes.stream()
                .anyMatch(each -> each instanceof Keyed.Fresh<ClaimOutcome>(ClaimOutcome.Delivered delivered)
                        && delivered.rendition().leftOver() > 0);
    }
}
