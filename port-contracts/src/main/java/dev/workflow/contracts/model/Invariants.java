package dev.workflow.contracts.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.workflow.domain.Counts;
import dev.workflow.domain.Listing;
import dev.workflow.domain.State;
import dev.workflow.domain.StateName;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.delivery.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What holds after every step. */
final class Invariants {
    /** How long a step may take by a clock that does not stand still. Less than all that matters in a story. */
    private static final long TOLERANCE_SECONDS = 9;

    private final World world;
    private final Oracle oracle;
    private int turn;

    Invariants(World world) {
        this.world = world;
        this.oracle = world.oracle;
    }

    static void assertAbout(@Nullable Instant actual, Instant expected) {
        assertThat(actual).isNotNull().isCloseTo(expected, within(TOLERANCE_SECONDS, ChronoUnit.SECONDS));
    }

    void check() {
        world.store.check();
        List<Workflow> all = world.store.workflows().page(Listing.ofAll(1000));
        assertThat(all.stream().map(Known::describe).toList())
                .isEqualTo(oracle.all().stream().map(Known::describe).toList());
        all.forEach(each -> checkTime(each, oracle.known(each.id())));
        checkCounts(world.store.statistics().counts());
        assertThat(world.store.outbox().isEmpty()).isEqualTo(oracle.outbox.isEmpty());
        World.pick(List.copyOf(oracle.deliveries.values()), turn++).ifPresent(this::checkDelivery);
    }

    private void checkTime(Workflow workflow, Known known) {
        switch (workflow.state()) {
            case State.Waiting() -> {}
            case State.Delayed(Instant time) -> assertAbout(time, world.at(known.time));
            case State.Leased(Instant time) -> assertAbout(time, world.at(known.time));
            case State.Dead(Instant time) -> assertAbout(time, world.at(known.time));
            case State.Consumed(Instant time) -> assertAbout(time, world.at(known.time));
        }
    }

    private void checkCounts(Counts counts) {
        Map<StateName, Long> expected = new EnumMap<>(StateName.class);
        for (StateName state : StateName.values()) {
            expected.put(state, (long) oracle.in(state).size());
        }
        assertThat(counts.byState()).isEqualTo(expected);
        assertThat(counts.outbox()).isEqualTo(oracle.outbox.size());
        Optional<Duration> oldest = oracle.in(StateName.WAITING).stream()
                .map(each -> Duration.ofSeconds(oracle.now() - each.waitingSince))
                .max(Duration::compareTo);
        assertThat(counts.oldestWaiting() == null).isEqualTo(oldest.isEmpty());
        oldest.ifPresent(each -> assertThat(counts.oldestWaiting())
                .isBetween(each.minusSeconds(TOLERANCE_SECONDS), each.plusSeconds(TOLERANCE_SECONDS)));
    }

    void checkDeliveries() {
        oracle.deliveries.values().forEach(this::checkDelivery);
    }

    /** It is found as long as one of its workflows is there, and as it was. */
    private void checkDelivery(Handed handed) {
        Optional<Delivery> found = world.store.deliveries().findDelivery(handed.id);
        assertThat(found.isPresent()).as("whether %s is known", handed.id).isEqualTo(oracle.isKnown(handed));
        found.ifPresent(delivery -> {
            assertThat(delivery.id()).isEqualTo(handed.id);
            assertThat(delivery.form()).isEqualTo(handed.form);
            assertThat(delivery.state()).isEqualTo(oracle.state(handed));
            assertThat(delivery.workflows().stream().map(Known::describe).toList())
                    .isEqualTo(handed.members.stream()
                            .map(Handed.Member::description)
                            .toList());
        });
    }
}
