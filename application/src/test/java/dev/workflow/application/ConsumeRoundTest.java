package dev.workflow.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.domain.Fault;
import dev.workflow.domain.Keyed;
import dev.workflow.domain.QueueEntry;
import dev.workflow.domain.TimeOrderedIds;
import dev.workflow.domain.delivery.ClaimOutcome;
import dev.workflow.domain.delivery.DeliveryTerms;
import dev.workflow.domain.port.WorkflowQueue.Message;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which messages a round pairs with whom, and what becomes of them. */
class ConsumeRoundTest {
    private static final Instant THEN = Instant.parse("2026-03-04T05:06:07Z");
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Message older = message(1, THEN);
    private final Message newer = message(1, THEN.plusSeconds(1));
    private final Message other = message(2, THEN);
    private final ConsumeRequest request = request(Duration.ZERO);

    private static Message message(long workflow, Instant queuedAt) {
        QueueEntry entry = new QueueEntry(new UUID(0, workflow), queuedAt);
        return () -> entry;
    }

    private static ConsumeRequest request(Duration patience) {
        return new ConsumeRequest(new ConsumeOrder(DeliveryTerms.finalIn(Instance.DATA), 2, patience, () -> false), 0);
    }

    private static ConsumeRound.Pair paired(ConsumeRequest request, Message... taken) {
        ConsumeRound round = new ConsumeRound(List.of(request), new TimeOrderedIds(InstantSource.system()));
        round.pair(List.of(taken), each -> false);
        return round.pairs().getFirst();
    }

    private RoundResult result(ClaimOutcome outcome) {
        return result(request, outcome, LONG);
    }

    private RoundResult result(ConsumeRequest one, ClaimOutcome outcome, Duration patience) {
        return new RoundResult(List.of(paired(one, other)), List.of(new Keyed.Fresh<>(outcome)), patience);
    }

    /** An older one alone would be seen to be stale, and the newer one would be acknowledged with it. */
    @Test
    void ofSeveralMessagesOfAWorkflowTheNewestCounts() {
        ConsumeRound.Pair newerLast = paired(request, older, other, newer);
        assertThat(newerLast.claim().entries()).containsExactly(other.entry(), newer.entry());
        assertThat(newerLast.messages()).containsExactlyInAnyOrder(older, newer, other);
        ConsumeRound.Pair newerFirst = paired(request, newer, other, older);
        assertThat(newerFirst.claim().entries()).containsExactly(newer.entry(), other.entry());
        assertThat(newerFirst.messages()).containsExactlyInAnyOrder(older, newer, other);
    }

    @Test
    void whatCouldNotBeClaimedIsKept() {
        Fault away = new Fault.Unavailable("away");
        RoundResult result = result(new ClaimOutcome.Failed(away));
        assertThat(result.kept()).containsExactly(other);
        assertThat(result.hasFailed()).isTrue();
        assertThat(request.answer().exceptionNow()).isSameAs(away);
    }

    /** When it comes again the database tells. */
    @Test
    void whatMayHaveBeenClaimedIsReturned() {
        Fault unknown = new Fault.OutcomeUnknown("A test says so.", null);
        RoundResult result = result(new ClaimOutcome.Failed(unknown));
        assertThat(result.returned()).containsExactly(other);
        assertThat(result.kept()).isEmpty();
        assertThat(request.answer().exceptionNow()).isSameAs(unknown);
    }

    @Test
    void whatIsNotThereIsFinishedAndItsConsumerAsksAgain() {
        RoundResult result = result(new ClaimOutcome.NotClaimable());
        assertThat(result.finished()).containsExactly(other);
        assertThat(result.again()).containsExactly(request);
    }

    /** It cannot be told that there is nothing: the queue was never seen to be empty. */
    @Test
    void whoMeetsNothingButDuplicatesFailsInTheEnd() {
        ClaimOutcome duplicate = new ClaimOutcome.NotClaimable();
        ConsumeRequest patient = request(LONG);
        assertThat(result(patient, duplicate, Duration.ZERO).again()).containsExactly(patient);
        assertThat(result(request, duplicate, Duration.ZERO).again()).isEmpty();
        assertThat(request.answer().exceptionNow()).isInstanceOf(Fault.Unavailable.class);
    }

    /** Its messages are as good as new. */
    @Test
    void whoIsNotServedBesideOthersKeepsItsMessagesAndFailsInTheEnd() {
        ClaimOutcome notTried = new ClaimOutcome.NotTried();
        RoundResult result = result(notTried);
        assertThat(result.kept()).containsExactly(other);
        assertThat(result.hasFailed()).isFalse();
        assertThat(result.again()).containsExactly(request);
        assertThat(result(request, notTried, Duration.ZERO).kept()).containsExactly(other);
        assertThat(request.answer().exceptionNow()).isInstanceOf(Fault.Overloaded.class);
    }
}
