package dev.workflow.contracts.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.Outcomes;
import dev.workflow.domain.ChangeOutcome;
import dev.workflow.domain.Keyed;
import dev.workflow.domain.Redrive;
import dev.workflow.domain.RedriveOutcome;
import dev.workflow.domain.RequestKey;
import dev.workflow.domain.StateName;
import dev.workflow.domain.Status;
import dev.workflow.domain.StatusChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Changes workflows by hand. */
final class Changing {
    private final World world;
    private final Oracle oracle;

    Changing(World world) {
        this.world = world;
        this.oracle = world.oracle;
    }

    /** Now and then of one that is not there. */
    void patch(Step.Patch step) {
        Known known = step.workflow() % 10 == 9
                ? null
                : World.pick(oracle.all(), step.workflow()).orElse(null);
        UUID id = known == null ? World.IDS.next() : known.id;
        Set<Long> versions = versions(step.versions(), known);
        RequestKey key = World.key(step.key(), "patch " + id + step.to() + versions);
        StatusChange change = new StatusChange(id, step.to(), versions, key);
        change(change);
        if (key != null) {
            world.remember(() -> change(change));
        }
    }

    private static @Nullable Set<Long> versions(Step.Versions versions, @Nullable Known known) {
        long current = known == null ? 1 : known.version;
        return switch (versions) {
            case ANY -> null;
            case CURRENT -> Set.of(current, current + 1);
            case OLD -> Set.of(current - 1);
        };
    }

    private void change(StatusChange change) {
        Keyed<ChangeOutcome> outcome = world.store.workflows().changeStatus(change);
        switch (oracle.decide(change.key())) {
            case ACT -> act(change, Outcomes.fresh(outcome));
            case REPLAY -> replay(change, Outcomes.replayed(outcome));
            case REFUSE -> assertThat(outcome).isEqualTo(new Keyed.Reused<>());
        }
    }

    private void act(StatusChange change, ChangeOutcome outcome) {
        Known known = oracle.workflows.get(change.id());
        Set<Long> versions = change.onlyVersions();
        if (known == null) {
            assertThat(outcome).isEqualTo(new ChangeOutcome.UnknownWorkflow());
        } else if (versions != null && !versions.contains(known.version)) {
            assertThat(outcome).isEqualTo(new ChangeOutcome.PreconditionFailed());
        } else {
            become(known, change.to());
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            ChangeOutcome.Done.class,
                            done -> assertThat(Known.describe(done.workflow())).isEqualTo(known.describe()));
            oracle.keep(change.key(), outcome);
        }
    }

    private void become(Known known, Status to) {
        boolean consumed = known.isIn(StateName.CONSUMED);
        if (to == Status.CONSUMED && !consumed) {
            oracle.consume(known);
        } else if (to == Status.INSERTED && consumed) {
            oracle.forgive(known);
        }
    }

    /** Of a workflow that was removed for good a store may have nothing to tell. */
    private void replay(StatusChange change, ChangeOutcome outcome) {
        if (oracle.workflows.containsKey(change.id())) {
            assertThat(outcome).isEqualTo(oracle.answer(change.key()));
        }
    }

    /** The dead first, so that most choices hit one. */
    void redrive(Step.Redrive step) {
        List<UUID> candidates = new ArrayList<>();
        oracle.in(StateName.DEAD).forEach(each -> candidates.add(each.id));
        oracle.all().stream().limit(2).forEach(each -> candidates.add(each.id));
        candidates.add(World.IDS.next());
        List<UUID> named = step.some().isEmpty()
                ? null
                : step.some().stream()
                        .flatMap(each -> World.pick(candidates, each).stream())
                        .toList();
        RequestKey key = World.key(step.key(), "redrive " + named);
        redrive(new Redrive(named, key));
        if (key != null) {
            world.remember(() -> redrive(new Redrive(named, key)));
        }
    }

    private void redrive(Redrive redrive) {
        Keyed<RedriveOutcome> outcome = world.store.deadLetters().redrive(redrive);
        switch (oracle.decide(redrive.key())) {
            case ACT -> act(redrive, Outcomes.fresh(outcome));
            case REPLAY -> assertThat(Outcomes.replayed(outcome)).isEqualTo(oracle.answer(redrive.key()));
            case REFUSE -> assertThat(outcome).isEqualTo(new Keyed.Reused<>());
        }
    }

    private void act(Redrive redrive, RedriveOutcome outcome) {
        List<UUID> named = redrive.workflowIds();
        List<Known> dead = oracle.in(StateName.DEAD).stream()
                .filter(each -> named == null || named.contains(each.id))
                .toList();
        dead.forEach(oracle::forgive);
        Set<UUID> skipped = new LinkedHashSet<>(named == null ? List.of() : named);
        dead.forEach(each -> skipped.remove(each.id));
        assertThat(outcome).isEqualTo(new RedriveOutcome(dead.size(), List.copyOf(skipped), false));
        oracle.keep(redrive.key(), outcome);
    }

    /** Removed for good. */
    void purge(Step.Purge step) {
        long before = oracle.now() - step.age();
        List<Known> old = oracle.in(step.state()).stream()
                .filter(each -> each.time < before)
                .toList();
        int purged = world.store.upkeep().purge(step.state(), Duration.ofSeconds(step.age()), 1000);
        assertThat(purged).isEqualTo(old.size());
        old.forEach(each -> oracle.workflows.remove(each.id));
    }
}
