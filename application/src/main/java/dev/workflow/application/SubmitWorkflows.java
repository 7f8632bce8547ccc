package dev.workflow.application;

import dev.workflow.domain.Content;
import dev.workflow.domain.Fault;
import dev.workflow.domain.Submission;
import dev.workflow.domain.SubmitOutcome;
import dev.workflow.domain.TimeOrderedIds;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.port.WorkflowRepository;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Stores workflows and sees to it that they reach the queue. */
public final class SubmitWorkflows implements AutoCloseable {
    private static final Gathering.Limits LIMITS =
            new Gathering.Limits(256, 2000, 4L << 20, 64L << 20, Duration.ofSeconds(3));
    /** What a workflow takes in memory beside its data. */
    private static final int OVERHEAD_BYTES = 256;

    private final WorkflowRepository repository;
    private final TimeOrderedIds ids;
    private final RelayOutbox relay;
    private final Gathering<Waiting> gathering;

    public SubmitWorkflows(WorkflowRepository repository, TimeOrderedIds ids, RelayOutbox relay, Schedule schedule) {
        this.repository = repository;
        this.ids = ids;
        this.relay = relay;
        this.gathering = new Gathering<>("submit", LIMITS, schedule, this::store);
    }

    /** Stores all or none; the stage completes once they are committed. It fails with a {@link Fault} only. */
    public CompletionStage<SubmitOutcome> submit(List<Content> contents) {
        List<Workflow> workflows = contents.stream()
                .map(content -> Workflow.submitted(ids.next(), content))
                .toList();
        Waiting waiting = new Waiting(new Submission(workflows), new CompletableFuture<>());
        gathering.join(waiting);
        return waiting.answer();
    }

    private void store(List<Waiting> batch) {
        List<SubmitOutcome> outcomes;
        try {
            outcomes = repository.insert(batch.stream().map(Waiting::submission).toList());
        } catch (Fault fault) {
            batch.forEach(waiting -> waiting.fail(fault));
            return;
        }
        relay.wake();
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).complete(outcomes.get(i));
        }
    }

    /** Stores what waits and refuses what comes. */
    @Override
    public void close() {
        gathering.close();
    }

    private record Waiting(Submission submission, CompletableFuture<SubmitOutcome> answer) implements Gathering.Member {
        @Override
        public int rows() {
            return submission.workflows().size();
        }

        @Override
        public long bytes() {
            return submission.workflows().stream()
                    .mapToLong(workflow ->
                            OVERHEAD_BYTES + workflow.content().data().length())
                    .sum();
        }

        @Override
        public void fail(RuntimeException why) {
            answer.completeExceptionally(why);
        }

        private void complete(SubmitOutcome outcome) {
            switch (outcome) {
                case SubmitOutcome.Failed failed -> fail(failed.fault());
                case SubmitOutcome.Stored stored -> answer.complete(stored);
                case SubmitOutcome.Refused refused -> answer.complete(refused);
            }
        }
    }
}
