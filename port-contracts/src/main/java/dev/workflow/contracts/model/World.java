package dev.workflow.contracts.model;

import dev.workflow.contracts.StoreFixture;
import dev.workflow.domain.RequestKey;
import dev.workflow.domain.TimeOrderedIds;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A store, a broker, and what the oracle thinks of them. */
final class World {
    static final TimeOrderedIds IDS = new TimeOrderedIds(InstantSource.system());

    final StoreFixture store;
    final Oracle oracle = new Oracle();
    final Broker broker = new Broker();
    private final List<Runnable> keyedRequests = new ArrayList<>();

    World(StoreFixture store) {
        this.store = store;
    }

    /** A moment of the oracle by the clock of the store, within seconds. */
    Instant at(long seconds) {
        return store.upkeep().now().plus(seconds - oracle.now(), ChronoUnit.SECONDS);
    }

    static @Nullable RequestKey key(int number, String request) {
        return number == Step.NO_KEY
                ? null
                : new RequestKey(number == 2 ? "bob" : "ada", "k" + Math.max(number, 2), request);
    }

    /** Keeps a request that has a key, so that it can be made again. */
    void remember(Runnable request) {
        keyedRequests.add(request);
    }

    void again(int which) {
        pick(keyedRequests, which).ifPresent(Runnable::run);
    }

    static <T> Optional<T> pick(List<T> all, int which) {
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(Math.floorMod(which, all.size())));
    }
}
