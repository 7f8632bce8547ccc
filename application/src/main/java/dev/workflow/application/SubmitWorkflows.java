package dev.workflow.application;

import dev.workflow.domain.Content;
import dev.workflow.domain.Fault;
import dev.workflow.domain.Keyed;
import dev.workflow.domain.RequestKey;
import dev.workflow.domain.Submission;
import dev.workflow.domain.SubmitOutcome;
import dev.workflow.domain.TimeOrderedIds;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.port.WorkflowRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Stores workflows and sees to it that they reach the queue. */
public final class SubmitWorkflows implements AutoCloseable {
    private static final Gathering.Limits LIMITS = new Gathering.Limits(256, 2000, 4L << 20);
    /** What a workflow takes in memory beside its data. */
    private static final int OVERHEAD_BYTES = 256;

    private final WorkflowRepository repository;
    private final TimeOrderedIds ids;
    private final RelayOutbox relay;
    private final Throughput throughput;
    private final Gathering<Waiting> gathering;
    private final OneAtATime oneAtATime;

    /** @param isHeld whether a consumer waits with a key */
    public SubmitWorkflows(
            WorkflowRepository repository, RelayOutbox relay, Predicate<RequestKey> isHeld, Instruments instruments) {
        this.repository = repository;
        this.ids = instruments.ids();
        this.relay = relay;
        this.oneAtATime = new OneAtATime(isHeld);
        this.throughput = instruments.throughput();
        this.gathering = new Gathering<>("submit", LIMITS, instruments.schedule(), this::store);
    }

    /**
     * Stores all or none; the stage completes once they are committed, or refused. It fails with a {@link Fault} only.
     *
     * @param key null: sent twice, they are stored twice
     */
    public CompletionStage<Keyed<SubmitOutcome>> submit(List<Content> contents, @Nullable RequestKey key) {
        return oneAtATime.run(key, () -> submitNow(contents, key));
    }

    private CompletionStage<Keyed<SubmitOutcome>> submitNow(List<Content> contents, @Nullable RequestKey key) {
        List<Workflow> workflows = new ArrayList<>(contents.size());
        long bytes = 0;
        for (Content content : contents) {
            workflows.add(Workflow.submitted(ids.next(), content));
            bytes += OVERHEAD_BYTES + content.data().length();
        }
        Waiting waiting = new Waiting(new Submission(workflows, key), bytes, new CompletableFuture<>());
        gathering.join(waiting);
        return waiting.answer();
    }

    private void store(List<Waiting> batch) {
        List<Keyed<SubmitOutcome>> outcomes =
                repository.insert(batch.stream().map(Waiting::submission).toList());
        relay.wake();
        for (int i = 0; i < batch.size(); i++) {
            count(outcomes.get(i));
            batch.get(i).answer().complete(outcomes.get(i));
        }
    }

    private void count(Keyed<SubmitOutcome> outcome) {
        if (outcome instanceof Keyed.Fresh<SubmitOutcome>(SubmitOutcome.Stored stored)) {
            throughput.inserted().add(stored.workflows().size());
        }
    }

    /** Stores what waits and refuses what comes. */
    @Override
    public void close() {
        gathering.close();
    }

    private record Waiting(Submission submission, long bytes, CompletableFuture<Keyed<SubmitOutcome>> answer)
            implements Gathering.Member {
        @Override
        public int rows() {
            return submission.workflows().size();
        }

        @Override
        public void fail(RuntimeException why) {
            answer.completeExceptionally(why);
        }
    }
}
