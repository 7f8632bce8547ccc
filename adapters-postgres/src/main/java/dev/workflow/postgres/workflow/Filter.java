package dev.workflow.postgres.workflow;

import dev.workflow.domain.Criterion;
import dev.workflow.domain.StateName;
import dev.workflow.domain.Status;
import dev.workflow.domain.TimeOrderedIds;
import dev.workflow.postgres.value.Intervals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The criteria of a list as conditions of a statement. */
final class Filter {
    private final Set<Places> only = EnumSet.noneOf(Places.class);
    private final StringBuilder conditions = new StringBuilder();
    private final List<Object> values = new ArrayList<>();

    private Filter() {}

    static Filter of(List<Criterion> criteria) {
        Filter filter = new Filter();
        criteria.forEach(filter::add);
        return filter;
    }

    /** No workflow is in two places. */
    boolean isVoid() {
        return only.size() > 1;
    }

    Places places() {
        return only.stream().findFirst().orElse(Places.ANY);
    }

    /** Each begins with {@code AND}; they take {@link #values}, in their order. */
    String conditions() {
        return conditions.toString();
    }

    List<Object> values() {
        return values;
    }

    private void add(Criterion criterion) {
        switch (criterion) {
            case Criterion.HasStatus(Status status) ->
                only.add(status == Status.INSERTED ? Places.PENDING : Places.CONSUMED);
            case Criterion.InState(StateName state) -> addState(state);
            case Criterion.HasStep(String step) -> add("w.steps @> ARRAY[CAST(? AS text)]", step);
            case Criterion.CreatedSince(Instant time) -> add("w.id >= ?", TimeOrderedIds.firstAt(time));
            case Criterion.CreatedBefore(Instant time) -> add("w.id < ?", TimeOrderedIds.firstAt(time));
            case Criterion.ConsumedSince(Instant time) -> addConsumed("c.consumed_at >= ?", time);
            case Criterion.ConsumedBefore(Instant time) -> addConsumed("c.consumed_at < ?", time);
            case Criterion.OfDelivery(UUID deliveryId) -> add("""
                    w.id = ANY (ARRAY(
                        SELECT unnest(workflow_ids) FROM delivery WHERE id = ?
                        UNION ALL
                        SELECT id FROM consumed WHERE delivery_id = ?))""", deliveryId, deliveryId);
            case Criterion.Contains contains ->
                add(
                        "CAST(w.source AS jsonb) @> CAST(? AS jsonb)",
                        contains.json().toString());
        }
    }

    private void addConsumed(String condition, Instant time) {
        only.add(Places.CONSUMED);
        add(condition, Intervals.utc(Intervals.notBefore(time)));
    }

    private void addState(StateName state) {
        only.add(state == StateName.CONSUMED ? Places.CONSUMED : Places.PENDING);
        switch (state) {
            case WAITING -> add("p.lease_until IS NULL AND p.dead_at IS NULL");
            case DELAYED -> add("p.lease_until IS NOT NULL AND p.delayed");
            case LEASED -> add("p.lease_until IS NOT NULL AND NOT p.delayed");
            case DEAD -> add("p.dead_at IS NOT NULL");
            case CONSUMED -> {}
        }
    }

    private void add(String condition, Object... taken) {
        conditions.append(" AND ").append(condition);
        values.addAll(List.of(taken));
    }
}
