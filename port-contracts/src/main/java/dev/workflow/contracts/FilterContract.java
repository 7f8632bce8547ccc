package dev.workflow.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.domain.Criterion;
import dev.workflow.domain.Listing;
import dev.workflow.domain.State;
import dev.workflow.domain.StateName;
import dev.workflow.domain.Status;
import dev.workflow.domain.Utf8Text;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.delivery.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which workflows a {@link dev.workflow.domain.port.WorkflowRepository} lists, and in which order. */
public abstract class FilterContract extends DeliveriesContract {
    @Test
    void byState() {
        Iterator<Workflow> all = inAllStates().iterator();
        for (StateName state : StateName.values()) {
            assertThat(ids(new Criterion.InState(state)))
                    .as(state.name())
                    .containsExactly(all.next().id());
        }
        assertThat(ids(new Criterion.HasStatus(Status.INSERTED))).hasSize(4);
        assertThat(ids(new Criterion.HasStatus(Status.INSERTED), new Criterion.InState(StateName.CONSUMED)))
                .isEmpty();
    }

    /** One in each state, in the order of the states. */
    private List<Workflow> inAllStates() {
        List<Workflow> all = stored("1", "2", "3", "4", "5");
        drainAll();
        refused(all.get(1), Duration.ofHours(1));
        leased(Duration.ofHours(1), all.get(2));
        worn(all.get(3), 5);
        claim(all.get(4));
        return all;
    }

    @Test
    void byStep() {
        Workflow one = workflow("1", "fetch", "send");
        Workflow two = workflow("2", "fetch all");
        Workflow three = workflow("3");
        insert(submission(one, two, three));
        assertThat(ids(new Criterion.HasStep("fetch"))).containsExactly(one.id());
        assertThat(ids(new Criterion.HasStep("fetch all"))).containsExactly(two.id());
        assertThat(ids(new Criterion.HasStep("FETCH"))).isEmpty();
        assertThat(ids(new Criterion.HasStep("f%"))).isEmpty();
    }

    @Test
    void byTheTimeOfCreation() {
        List<Workflow> all = stored("1", "2", "3");
        Instant second = all.get(1).createdAt();
        assertThat(ids(new Criterion.CreatedSince(second)))
                .containsExactly(all.get(1).id(), all.get(2).id());
        assertThat(ids(new Criterion.CreatedBefore(second)))
                .containsExactly(all.get(0).id());
        assertThat(ids(new Criterion.CreatedSince(second), new Criterion.CreatedBefore(second.plusNanos(1000))))
                .containsExactly(all.get(1).id());
        assertThat(ids(new Criterion.CreatedSince(second.plusNanos(1))))
                .as("times between microseconds")
                .containsExactly(all.get(2).id());
        assertThat(ids(new Criterion.CreatedSince(Instant.EPOCH), new Criterion.CreatedBefore(Instant.EPOCH)))
                .isEmpty();
        assertThat(ids(new Criterion.CreatedSince(Instant.parse("0001-01-01T00:00:00Z"))))
                .hasSize(3);
        assertThat(ids(new Criterion.CreatedBefore(Instant.parse("9999-12-31T23:59:59Z"))))
                .hasSize(3);
    }

    @Test
    void byTheTimeOfConsumption() {
        List<Workflow> all = stored("1", "2", "3");
        claim(all.get(2));
        store().age(MINUTE);
        claim(all.get(0));
        Instant second = consumedAt(all.get(0));
        assertThat(ids(new Criterion.ConsumedSince(second)))
                .containsExactly(all.get(0).id());
        assertThat(ids(new Criterion.ConsumedBefore(second)))
                .containsExactly(all.get(2).id());
        assertThat(ids(new Criterion.ConsumedSince(second.minus(MINUTE.multipliedBy(2)))))
                .containsExactly(all.get(0).id(), all.get(2).id());
        assertThat(ids(new Criterion.ConsumedSince(second), new Criterion.HasStatus(Status.INSERTED)))
                .isEmpty();
    }

    private Instant consumedAt(Workflow workflow) {
        return ((State.Consumed) found(workflow.id()).state()).consumedAt();
    }

    @Test
    void byDelivery() {
        List<Workflow> all = stored("1", "2", "3", "4");
        Delivery leased = leased(MINUTE, all.get(2), all.get(0));
        Delivery done = delivered(claim(inForm(PLAIN, all.get(3))).getFirst()).delivery();
        assertThat(ids(new Criterion.OfDelivery(leased.id())))
                .containsExactly(all.get(0).id(), all.get(2).id());
        assertThat(ids(new Criterion.OfDelivery(done.id())))
                .containsExactly(all.get(3).id());
        assertThat(ids(new Criterion.OfDelivery(IDS.next()))).isEmpty();
    }

    @Test
    void byADeliveryThatWasNotTheLast() {
        List<Workflow> all = stored("1", "2", "3");
        Delivery first = leased(MINUTE, all.get(0), all.get(1));
        settle(first, NACK);
        Delivery second = leased(MINUTE, all.get(1), all.get(2));
        assertThat(ids(new Criterion.OfDelivery(first.id())))
                .containsExactly(all.get(0).id(), all.get(1).id());
        assertThat(ids(new Criterion.OfDelivery(second.id())))
                .containsExactly(all.get(1).id(), all.get(2).id());
        assertThat(ids(new Criterion.OfDelivery(first.id()), new Criterion.InState(StateName.LEASED)))
                .containsExactly(all.get(1).id());

        Delivery alone = delivered(claim(inForm(PLAIN, all.get(0))).getFirst()).delivery();
        change(all.get(0), Status.INSERTED);
        claim(all.get(0));
        assertThat(ids(new Criterion.OfDelivery(alone.id())))
                .containsExactly(all.get(0).id());
    }

    @Test
    void byWhatTheDataContain() {
        List<Workflow> all =
                stored("{\"a\":1,\"b\":{\"c\":[1,2,\"x\"]}}", "{\"a\":1.0}", "[1,2]", "\"a\"", "{\"b\":null}");
        assertThat(contains("{\"a\":1}"))
                .containsExactly(all.get(0).id(), all.get(1).id());
        assertThat(contains("{\"b\":{\"c\":[\"x\"]}}"))
                .containsExactly(all.get(0).id());
        assertThat(contains("{\"b\":{\"c\":[2,1,1]}}"))
                .containsExactly(all.get(0).id());
        assertThat(contains("[2]")).containsExactly(all.get(2).id());
        assertThat(contains("2")).containsExactly(all.get(2).id());
        assertThat(contains("\"a\"")).containsExactly(all.get(3).id());
        assertThat(contains("{\"b\":null}")).containsExactly(all.get(4).id());
        assertThat(contains("{}"))
                .containsExactly(all.get(0).id(), all.get(1).id(), all.get(4).id());
    }

    private List<UUID> contains(String json) {
        return ids(new Criterion.Contains(Utf8Text.of(json)));
    }

    @Test
    void everyFilterPagesInBothOrders() {
        List<Workflow> all = inAllStates();
        Instant early = Instant.EPOCH;
        Instant late = Instant.parse("9999-12-31T23:59:59Z");
        List<List<Criterion>> filters = List.of(
                List.of(),
                List.of(new Criterion.HasStatus(Status.INSERTED)),
                List.of(new Criterion.HasStep("fetch")),
                List.of(new Criterion.CreatedSince(early), new Criterion.CreatedBefore(late)),
                List.of(new Criterion.ConsumedSince(early), new Criterion.ConsumedBefore(late)),
                List.of(new Criterion.Contains(Utf8Text.of("1"))),
                List.of(new Criterion.InState(StateName.DEAD), new Criterion.HasStep("send")));
        for (List<Criterion> filter : filters) {
            List<UUID> forward = walk(filter, Listing.Order.OLDEST_FIRST);
            assertThat(forward)
                    .as(filter.toString())
                    .isNotEmpty()
                    .isSubsetOf(all.stream().map(Workflow::id).toList());
            assertThat(walk(filter, Listing.Order.NEWEST_FIRST)).isEqualTo(forward.reversed());
        }
    }

    /** One a page. */
    private List<UUID> walk(List<Criterion> criteria, Listing.Order order) {
        List<UUID> seen = new ArrayList<>();
        @Nullable UUID after = null;
        List<Workflow> page = store().workflows().page(new Listing(criteria, order, after, 1));
        while (!page.isEmpty()) {
            seen.add(page.getFirst().id());
            page = store().workflows().page(new Listing(criteria, order, seen.getLast(), 1));
        }
        return seen;
    }

    private List<UUID> ids(Criterion... criteria) {
        return store().workflows().page(Listing.ofAll(1000).with(criteria)).stream()
                .map(Workflow::id)
                .toList();
    }
}
