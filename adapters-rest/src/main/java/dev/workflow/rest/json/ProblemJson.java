package dev.workflow.rest.json;

import dev.workflow.rest.problem.Problem;
import dev.workflow.rest.problem.Problem.Place;

/** A problem as clients see it (RFC 9457). */
public final class ProblemJson {
    public static final String MEDIA_TYPE = "application/problem+json";

    private ProblemJson() {}

    public static byte[] of(Problem problem) {
        JsonBytes out = new JsonBytes();
        out.raw("{\"type\":\"/problems/").raw(problem.type().slug());
        out.raw("\",\"title\":").string(problem.type().title());
        out.raw(",\"status\":").number(problem.type().status());
        out.raw(",\"detail\":").string(problem.detail());
        if (!problem.errors().isEmpty()) {
            errors(problem, out);
        }
        return out.raw('}').toBytes();
    }

    private static void errors(Problem problem, JsonBytes out) {
        String separator = ",\"errors\":[";
        for (Place place : problem.errors()) {
            out.raw(separator).raw("{\"pointer\":").string(place.pointer());
            out.raw(",\"detail\":").string(place.detail()).raw('}');
            separator = ",";
        }
        out.raw(']');
    }
}
