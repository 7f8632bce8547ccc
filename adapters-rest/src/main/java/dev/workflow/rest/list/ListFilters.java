package dev.workflow.rest.list;

import dev.workflow.domain.Criterion;
import dev.workflow.domain.StateName;
import dev.workflow.domain.Status;
import dev.workflow.rest.QueryParameters;
import dev.workflow.rest.json.BodyReader;
import dev.workflow.rest.json.TimeText;
import dev.workflow.rest.json.UuidText;
import dev.workflow.rest.json.WorkflowJson;
import dev.workflow.rest.problem.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Query parameters that say which workflows are in a list: those that meet all of them. */
final class ListFilters {
    static final Set<String> NAMES = Set.of(
            "status",
            "state",
            "step",
            "created_since",
            "created_before",
            "consumed_since",
            "consumed_before",
            "delivery_id",
            "contains");

    private static final String BODY = "The body";

    private final QueryParameters query;
    private final List<Criterion> criteria = new ArrayList<>();

    private ListFilters(QueryParameters query) {
        this.query = query;
    }

    static List<Criterion> read(QueryParameters query) {
        ListFilters filters = new ListFilters(query);
        filters.readAll();
        return filters.criteria;
    }

    private void readAll() {
        read("status", text -> new Criterion.HasStatus(oneOf(Status.values(), WorkflowJson::text, "status", text)));
        read("state", text -> new Criterion.InState(oneOf(StateName.values(), WorkflowJson::text, "state", text)));
        read("step", text -> new Criterion.HasStep(step(text)));
        read("created_since", text -> new Criterion.CreatedSince(time("created_since", text)));
        read("created_before", text -> new Criterion.CreatedBefore(time("created_before", text)));
        read("consumed_since", text -> new Criterion.ConsumedSince(time("consumed_since", text)));
        read("consumed_before", text -> new Criterion.ConsumedBefore(time("consumed_before", text)));
        read(
                "delivery_id",
                text -> new Criterion.OfDelivery(UuidText.parse(text)
                        .orElseThrow(() -> QueryParameters.refusal("delivery_id takes the UUID of a delivery."))));
        read("contains", ListFilters::contains);
    }

    private void read(String name, Function<String, Criterion> reader) {
        String text = query.text(name);
        if (text != null) {
            criteria.add(reader.apply(text));
        }
    }

    private static <T> T oneOf(T[] all, Function<T, String> spelling, String name, String text) {
        return Arrays.stream(all)
                .filter(each -> spelling.apply(each).equals(text))
                .findFirst()
                .orElseThrow(() -> QueryParameters.refusal(name + " takes one of "
                        + Arrays.stream(all).map(spelling).collect(Collectors.joining(", ")) + "."));
    }

    /** No workflow has a step that is not storable, and a database could not even be asked for one. */
    private static String step(String text) {
        int length = text.codePointCount(0, text.length());
        if (length < 1 || length > BodyReader.LONGEST_STEP || text.indexOf('\0') >= 0) {
            throw QueryParameters.refusal("step takes the whole name of a step, of 1 to " + BodyReader.LONGEST_STEP
                    + " characters without U+0000.");
        }
        return text;
    }

    private static Instant time(String name, String text) {
        return TimeText.parse(text)
                .orElseThrow(() -> QueryParameters.refusal(name
                        + " takes a time of RFC 3339 such as 2026-11-25T08:30:00.5Z or 2026-11-25T09:30:00+01:00."));
    }

    private static Criterion contains(String text) {
        try {
            return new Criterion.Contains(BodyReader.value(text.getBytes(StandardCharsets.UTF_8)));
        } catch (Refusal refusal) {
            String detail = refusal.problem().detail();
            String rest = detail.startsWith(BODY) ? detail.substring(BODY.length()) : " takes JSON: " + detail;
            throw QueryParameters.refusal("contains" + rest);
        }
    }
}
