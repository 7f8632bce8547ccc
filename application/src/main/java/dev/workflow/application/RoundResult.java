package dev.workflow.application;

import dev.workflow.domain.Fault;
import dev.workflow.domain.Keyed;
import dev.workflow.domain.delivery.ClaimOutcome;
import dev.workflow.domain.port.WorkflowQueue.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** What became of the pairs of a round: of their messages and of their requests. Failures are answered here. */
final class RoundResult {
    /** How long a consumer is kept who meets nothing but duplicates, or is not served beside others. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    /** Something to be given to a consumer. */
    record Handover(ConsumeRequest request, ClaimOutcome.Delivered delivered) {}

    private final Duration patience;
    private final List<Handover> handovers = new ArrayList<>();
    private final List<Message> finished = new ArrayList<>();
    private final List<Message> kept = new ArrayList<>();
    private final List<Message> returned = new ArrayList<>();
    private final List<ConsumeRequest> again = new ArrayList<>();
    private boolean failed;

    RoundResult(List<ConsumeRound.Pair> pairs, List<Keyed<ClaimOutcome>> outcomes) {
        this(pairs, outcomes, PATIENCE);
    }

    RoundResult(List<ConsumeRound.Pair> pairs, List<Keyed<ClaimOutcome>> outcomes, Duration patience) {
        this.patience = patience;
        for (int i = 0; i < outcomes.size(); i++) {
            add(pairs.get(i), outcomes.get(i));
        }
    }

    List<Handover> handovers() {
        return handovers;
    }

    /** Messages whose workflow was claimed, or was seen not to be there to be had. */
    List<Message> finished() {
        return finished;
    }

    /** Messages that are as good as new. */
    List<Message> kept() {
        return kept;
    }

    /** Whether a claim failed, and may do so again for a while. */
    boolean hasFailed() {
        return failed;
    }

    /** Messages for the queue. Where their claim may have been committed, the database tells when they come again. */
    List<Message> returned() {
        return returned;
    }

    /** Those who met nothing but duplicates, or were not served beside others, and want another try. */
    List<ConsumeRequest> again() {
        return again;
    }

    private void add(ConsumeRound.Pair pair, Keyed<ClaimOutcome> outcome) {
        if (outcome instanceof Keyed.Fresh<ClaimOutcome>(ClaimOutcome fresh)) {
            add(pair, fresh);
        } else {
            // the key had decided elsewhere, so nothing was taken for it, and nobody here may ask for these
            returned.addAll(pair.messages());
            pair.request().answer(KeyedConsumers.answer(outcome));
        }
    }

    private void add(ConsumeRound.Pair pair, ClaimOutcome outcome) {
        switch (outcome) {
            case ClaimOutcome.Delivered delivered -> {
                sort(pair.messages(), new HashSet<>(delivered.leftOver()));
                handovers.add(new Handover(pair.request(), delivered));
            }
            case ClaimOutcome.NotClaimable() -> {
                finished.addAll(pair.messages());
                tryAgain(pair.request(), RoundResult::duplicates);
            }
            case ClaimOutcome.NotTried() -> {
                kept.addAll(pair.messages());
                tryAgain(pair.request(), RoundResult::busy);
            }
            case ClaimOutcome.Failed(Fault fault) -> {
                failed = true;
                (fault instanceof Fault.OutcomeUnknown ? returned : kept).addAll(pair.messages());
                pair.request().fail(fault);
            }
        }
    }

    private void sort(List<Message> messages, Set<UUID> leftOver) {
        for (Message message : messages) {
            (leftOver.contains(message.entry().workflowId()) ? kept : finished).add(message);
        }
    }

    private void tryAgain(ConsumeRequest request, Supplier<Fault> why) {
        if (request.waits() || !request.hasWaited(patience)) {
            again.add(request);
        } else {
            request.fail(why.get());
        }
    }

    private static Fault duplicates() {
        return new Fault.Unavailable("The queue held nothing but duplicates for a while.");
    }

    private static Fault busy() {
        return new Fault.Overloaded("Answers to other consumers take the memory that there is for them.");
    }
}
