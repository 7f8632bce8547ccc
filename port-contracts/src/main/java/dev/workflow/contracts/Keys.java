package dev.workflow.contracts;

import dev.workflow.domain.Keyed;
import dev.workflow.domain.RequestKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The request keys of an {@link InMemoryStore}, each with what its request came to. Guarded by the store's lock. */
final class Keys {
    private record Answer(String fingerprint, Object outcome, Instant expiresAt) {}

    private final Supplier<Instant> now;
    private final Duration last;
    private final Map<RequestKey.Name, Answer> answers = new HashMap<>();

    Keys(Supplier<Instant> now, Duration last) {
        this.now = now;
        this.last = last;
    }

    /** What a key has decided already; empty when the request may act. */
    <O> Optional<Keyed<O>> decided(@Nullable RequestKey key, Class<O> type) {
        Answer answer = key == null ? null : answers.get(key.name());
        if (key == null || answer == null || !answer.expiresAt().isAfter(now.get())) {
            return Optional.empty();
        }
        return Optional.of(
                answer.fingerprint().equals(key.fingerprint())
                        ? new Keyed.Replayed<>(type.cast(answer.outcome()))
                        : new Keyed.Reused<>());
    }

    void keep(@Nullable RequestKey key, Object outcome) {
        if (key != null) {
            answers.put(
                    key.name(), new Answer(key.fingerprint(), outcome, now.get().plus(last)));
        }
    }

    int forget(int max) {
        Iterator<Answer> all = answers.values().iterator();
        int count = 0;
        while (count < max && all.hasNext()) {
            if (!all.next().expiresAt().isAfter(now.get())) {
                all.remove();
                count++;
            }
        }
        return count;
    }
}
