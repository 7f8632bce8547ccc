package dev.workflow.rest.json;

import dev.workflow.domain.RedriveOutcome;

/** What a redrive did, as clients see it. */
public final class RedriveJson {
    private RedriveJson() {}

    public static byte[] of(RedriveOutcome outcome) {
        JsonBytes out = new JsonBytes();
        out.raw("{\"redriven\":").number(outcome.redriven());
        out.raw(",\"skipped\":").uuids(outcome.skipped());
        return out.raw(",\"more\":")
                .raw(Boolean.toString(outcome.more()))
                .raw('}')
                .toBytes();
    }
}
