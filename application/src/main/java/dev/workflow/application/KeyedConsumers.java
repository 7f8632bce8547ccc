package dev.workflow.application;

import dev.workflow.domain.ClaimOutcome;
import dev.workflow.domain.Keyed;
import dev.workflow.domain.RequestKey;
import dev.workflow.domain.port.DeliveryRepository;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Consumers who gave a key, of whom one at a time is served for each key. One who comes while the first is being served stands
 * behind it; one who comes while the first waits for an arrival takes its place, since the first has most likely lost its
 * connection.
 */
final class KeyedConsumers {
    private static final class Place {
        ConsumeRequest first;

        @Nullable ConsumeRequest second;

        Place(ConsumeRequest first) {
            this.first = first;
        }
    }

    private final WaitingRoom room;
    private final Consumer<ConsumeRequest> serve;
    private final Executor later;
    private final Map<RequestKey.Name, Place> places = new HashMap<>();

    KeyedConsumers(WaitingRoom room, Consumer<ConsumeRequest> serve) {
        this(room, serve, CompletableFuture.delayedExecutor(OneAtATime.PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** @param later does what it is given when nobody stands behind another any longer */
    KeyedConsumers(WaitingRoom room, Consumer<ConsumeRequest> serve, Executor later) {
        this.room = room;
        this.serve = serve;
        this.later = later;
    }

    void begin(ConsumeRequest request) {
        var _ = request.answer().whenComplete((answer, failure) -> leave(request));
        ConsumeRequest displaced = enter(request);
        if (displaced == null) {
            serve.accept(request);
        } else if (displaced != request) {
            displaced.answer(new Keyed.InProgress<>());
        }
    }

    /** @return null when it is its turn; itself when it stands behind another now; or who has to leave for it */
    private synchronized @Nullable ConsumeRequest enter(ConsumeRequest request) {
        Place place = places.putIfAbsent(name(request), new Place(request));
        if (place == null) {
            return null;
        }
        ConsumeRequest first = place.first;
        if (room.replace(first, request)) {
            place.first = request;
            return first;
        }
        ConsumeRequest second = place.second;
        place.second = request;
        later.execute(() -> giveUp(request));
        return second == null ? request : second;
    }

    /** The first one takes too long. */
    private void giveUp(ConsumeRequest request) {
        if (leaveSecondPlace(request)) {
            request.answer(new Keyed.InProgress<>());
        }
    }

    private synchronized boolean leaveSecondPlace(ConsumeRequest request) {
        Place place = places.get(name(request));
        if (place == null || place.second != request) {
            return false;
        }
        place.second = null;
        return true;
    }

    private void leave(ConsumeRequest request) {
        ConsumeRequest next = next(request);
        if (next != null) {
            serve.accept(next);
        }
    }

    private synchronized @Nullable ConsumeRequest next(ConsumeRequest request) {
        Place place = places.get(name(request));
        if (place == null || place.first != request) {
            return null;
        }
        ConsumeRequest next = place.second;
        if (next == null) {
            places.remove(name(request));
            return null;
        }
        place.first = next;
        place.second = null;
        return next;
    }

    /**
     * Lets consumers wait; those who stand behind one of them take its place.
     *
     * @return those who cannot wait, since something has arrived: whoever took a place is among them, not who had it
     */
    List<ConsumeRequest> enterRoom(List<ConsumeRequest> requests, long seen) {
        List<ConsumeRequest> displaced = new ArrayList<>();
        List<ConsumeRequest> waiting = requests.stream()
                .map(request -> request.terms().key() == null ? request : newest(request, displaced))
                .toList();
        boolean entered = room.enter(waiting, seen);
        displaced.forEach(request -> request.answer(new Keyed.InProgress<>()));
        return entered ? List.of() : waiting;
    }

    private synchronized ConsumeRequest newest(ConsumeRequest request, List<ConsumeRequest> displaced) {
        Place place = places.get(name(request));
        if (place == null || place.first != request || place.second == null) {
            return request;
        }
        ConsumeRequest second = place.second;
        second.takePlaceOf(request);
        place.first = second;
        place.second = null;
        displaced.add(request);
        return second;
    }

    /** Answers those whose key has decided before, and returns the others. */
    List<ConsumeRequest> withoutAnswered(List<ConsumeRequest> requests, DeliveryRepository deliveries) {
        return requests.stream()
                .filter(request -> request.terms().key() == null || !answered(request, deliveries))
                .toList();
    }

    private static boolean answered(ConsumeRequest request, DeliveryRepository deliveries) {
        try {
            deliveries.answered(request.terms()).ifPresent(outcome -> request.answer(answer(outcome)));
        } catch (RuntimeException e) {
            request.fail(e);
        }
        return request.answer().isDone();
    }

    /** What is told of an earlier claim. */
    static Keyed<ConsumeOutcome> answer(Keyed<ClaimOutcome> outcome) {
        return outcome.map(earlier -> switch (earlier) {
            case ClaimOutcome.Delivered delivered ->
                new ConsumeOutcome.Delivered(delivered.delivery(), delivered.rendition());
            case ClaimOutcome.NotClaimable() -> new ConsumeOutcome.Nothing(false);
            case ClaimOutcome.Failed(var fault) -> throw fault;
        });
    }

    private static RequestKey.Name name(ConsumeRequest request) {
        return Objects.requireNonNull(request.terms().key()).name();
    }
}
