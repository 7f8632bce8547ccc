package dev.workflow.application;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Rounds that may have messages in hand: who finds the queue empty meanwhile may get what they put back. */
final class InHand {
    private final Set<Round> rounds = ConcurrentHashMap.newKeySet();

    /** One round. Unless it says otherwise it put something back. */
    final class Round implements AutoCloseable {
        private final CompletableFuture<Boolean> end = new CompletableFuture<>();
        private boolean putBack = true;

        void usedAll() {
            putBack = false;
        }

        @Override
        public void close() {
            rounds.remove(this);
            end.complete(putBack);
        }
    }

    Round begin() {
        Round round = new Round();
        rounds.add(round);
        return round;
    }

    /** Completes when all rounds have ended that are under way now, with whether any of them put something back. */
    CompletableFuture<Boolean> settled() {
        List<CompletableFuture<Boolean>> now =
                rounds.stream().map(round -> round.end).toList();
        return CompletableFuture.allOf(now.toArray(CompletableFuture[]::new))
                .thenApply(done -> now.stream().anyMatch(CompletableFuture::join));
    }
}
