package dev.workflow.contracts.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.Outcomes;
import dev.workflow.contracts.model.Step.Parcel;
import dev.workflow.domain.Content;
import dev.workflow.domain.Keyed;
import dev.workflow.domain.RequestKey;
import dev.workflow.domain.Submission;
import dev.workflow.domain.SubmitOutcome;
import dev.workflow.domain.Utf8Text;
import dev.workflow.domain.Workflow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Stores workflows. */
final class Submitting {
    private final World world;

    Submitting(World world) {
        this.world = world;
    }

    /** A batch holds a key once. */
    void post(Step.Post post) {
        Set<RequestKey.Name> names = new HashSet<>();
        List<Parcel> batch = post.parcels().stream()
                .filter(each -> {
                    RequestKey key = keyOf(each);
                    return key == null || names.add(key.name());
                })
                .toList();
        insert(batch);
        batch.stream()
                .filter(each -> each.key() != Step.NO_KEY)
                .forEach(each -> world.remember(() -> insert(List.of(each))));
    }

    private static @Nullable RequestKey keyOf(Parcel parcel) {
        return World.key(parcel.key(), parcel.toString());
    }

    private void insert(List<Parcel> parcels) {
        List<Submission> batch = new ArrayList<>();
        for (Parcel parcel : parcels) {
            batch.add(new Submission(workflows(parcel), keyOf(parcel)));
        }
        List<Keyed<SubmitOutcome>> outcomes = world.store.workflows().insert(batch);
        assertThat(outcomes).hasSameSizeAs(batch);
        for (int i = 0; i < batch.size(); i++) {
            check(parcels.get(i), batch.get(i), outcomes.get(i));
        }
    }

    private static List<Workflow> workflows(Parcel parcel) {
        return IntStream.range(0, parcel.workflows())
                .mapToObj(i -> {
                    boolean bad = !parcel.storable() && i == parcel.workflows() - 1;
                    String data = bad ? "{\"a\": \"\\u0000\"}" : "{\"a\": " + i + ".0}";
                    return Workflow.submitted(World.IDS.next(), new Content(Utf8Text.of(data), List.of("step")));
                })
                .toList();
    }

    private void check(Parcel parcel, Submission submission, Keyed<SubmitOutcome> outcome) {
        RequestKey key = submission.key();
        switch (world.oracle.decide(key)) {
            case ACT -> act(parcel, submission, Outcomes.fresh(outcome));
            case REPLAY -> replay(world.oracle.answer(key), Outcomes.replayed(outcome));
            case REFUSE -> assertThat(outcome).isEqualTo(new Keyed.Reused<>());
        }
    }

    private void act(Parcel parcel, Submission submission, SubmitOutcome outcome) {
        if (!parcel.storable()) {
            assertThat(outcome).isInstanceOf(SubmitOutcome.Refused.class);
            return;
        }
        assertThat(outcome).isEqualTo(new SubmitOutcome.Stored(submission.workflows()));
        submission.workflows().forEach(world.oracle::add);
        world.oracle.keep(submission.key(), outcome);
    }

    /** Of workflows that were removed for good a store may have nothing to tell. */
    private void replay(Object before, SubmitOutcome outcome) {
        boolean allThere = before instanceof SubmitOutcome.Stored(List<Workflow> workflows)
                && workflows.stream().allMatch(each -> world.oracle.workflows.containsKey(each.id()));
        if (allThere) {
            assertThat(outcome).isEqualTo(before);
        }
    }
}
