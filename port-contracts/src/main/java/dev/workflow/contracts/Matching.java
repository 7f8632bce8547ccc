package dev.workflow.contracts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.workflow.domain.Criterion;
import dev.workflow.domain.State;
import dev.workflow.domain.Utf8Text;
import dev.workflow.domain.Workflow;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/** Whether a workflow is what a list is asked for. */
record Matching(List<Criterion> criteria, Ledger ledger) implements Predicate<Workflow> {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @Override
    public boolean test(Workflow workflow) {
        return criteria.stream().allMatch(each -> meets(workflow, each));
    }

    private boolean meets(Workflow workflow, Criterion criterion) {
        return switch (criterion) {
            case Criterion.HasStatus has -> workflow.state().status() == has.status();
            case Criterion.InState in -> workflow.state().name() == in.state();
            case Criterion.HasStep has -> workflow.content().steps().contains(has.step());
            case Criterion.CreatedSince since -> !workflow.createdAt().isBefore(since.time());
            case Criterion.CreatedBefore before -> workflow.createdAt().isBefore(before.time());
            case Criterion.ConsumedSince since -> consumed(workflow, time -> !time.isBefore(since.time()));
            case Criterion.ConsumedBefore before -> consumed(workflow, time -> time.isBefore(before.time()));
            case Criterion.OfDelivery of -> ledger.names(of.deliveryId(), workflow.id());
            case Criterion.Contains contains -> contains(tree(workflow.content().data()), tree(contains.json()));
        };
    }

    private static boolean consumed(Workflow workflow, Predicate<Instant> when) {
        return workflow.state() instanceof State.Consumed consumed && when.test(consumed.consumedAt());
    }

    private static JsonNode tree(Utf8Text json) {
        try {
            return JSON.readTree(json.toString());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** As jsonb has it: an array contains a bare value that is one of its elements. */
    private static boolean contains(JsonNode whole, JsonNode part) {
        if (whole.isArray() && !part.isContainerNode()) {
            return any(whole, part);
        }
        return containsDeep(whole, part);
    }

    private static boolean containsDeep(JsonNode whole, JsonNode part) {
        if (part.isObject()) {
            return whole.isObject()
                    && part.propertyStream()
                            .allMatch(each -> whole.has(each.getKey())
                                    && containsDeep(whole.get(each.getKey()), each.getValue()));
        }
        if (part.isArray()) {
            return whole.isArray() && part.valueStream().allMatch(each -> any(whole, each));
        }
        return equal(whole, part);
    }

    private static boolean any(JsonNode array, JsonNode part) {
        return array.valueStream().anyMatch(each -> containsDeep(each, part));
    }

    private static boolean equal(JsonNode one, JsonNode other) {
        boolean numbers = one.isNumber() && other.isNumber();
        return numbers ? one.decimalValue().compareTo(other.decimalValue()) == 0 : one.equals(other);
    }
}
