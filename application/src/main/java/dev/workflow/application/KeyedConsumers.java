package dev.workflow.application;

import dev.workflow.domain.Fault;
import dev.workflow.domain.Keyed;
import dev.workflow.domain.RequestKey;
import dev.workflow.domain.delivery.ClaimOutcome;
import dev.workflow.domain.port.DeliveryRepository;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Consumers who gave a key, of whom one at a time is served for each key. Who comes while the first is being served stands
 * behind it, in the order of coming. Who comes while the first waits for an arrival takes its place, since the first has most
 * likely lost its connection; unless it asks for something else, for which the key is not free then.
 */
final class KeyedConsumers {
    private static final class Place {
        ConsumeRequest first;

        final Deque<ConsumeRequest> behind = new ArrayDeque<>();
        /** Whether the first was let wait, so its key had decided nothing before. */
        boolean isUndecided;

        Place(ConsumeRequest first) {
            this.first = first;
        }

        void next(ConsumeRequest next) {
            first = next;
            isUndecided = false;
        }

        /** Also while it is called out: it will wait on, or get something. */
        boolean isHeldByOneWhoWaits() {
            return isUndecided && first.waits() && !first.hasLeft();
        }
    }

    /** Who is not served, and what it is told: after the lock is given back, since others may be served then. */
    private record Refusal(ConsumeRequest request, Keyed<ConsumeOutcome> answer) {
        void tell() {
            request.answer(answer);
        }
    }

    private final DeliveryRepository deliveries;
    private final WaitingRoom room;
    private final Consumer<ConsumeRequest> serve;
    private final Executor later;
    private final Map<RequestKey.Name, Place> places = new HashMap<>();
    private final Queue<ConsumeRequest> turns = new ConcurrentLinkedQueue<>();
    private final AtomicInteger turnsLeft = new AtomicInteger();

    KeyedConsumers(DeliveryRepository deliveries, WaitingRoom room, Consumer<ConsumeRequest> serve) {
        this(
                deliveries,
                room,
                serve,
                CompletableFuture.delayedExecutor(OneAtATime.PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** @param later does what it is given when nobody stands behind another any longer */
    KeyedConsumers(DeliveryRepository deliveries, WaitingRoom room, Consumer<ConsumeRequest> serve, Executor later) {
        this.deliveries = deliveries;
        this.room = room;
        this.serve = serve;
        this.later = later;
    }

    void begin(ConsumeRequest request) {
        var _ = request.answer().whenComplete((answer, failure) -> leave(request));
        enter(request).run();
    }

    /** @return what is to be done once the lock is given back */
    private synchronized Runnable enter(ConsumeRequest request) {
        Place place = places.get(name(request));
        if (place == null) {
            places.put(name(request), new Place(request));
            return () -> serve.accept(request);
        }
        Refusal refusal = passOn(place, request);
        if (refusal != null) {
            return refusal::tell;
        }
        place.behind.add(request);
        return () -> later.execute(() -> giveUp(request));
    }

    /**
     * Nobody stands behind one who waits in the room, which may take long.
     *
     * @return null when the first does not wait there, so that its end decides
     */
    private @Nullable Refusal passOn(Place place, ConsumeRequest request) {
        ConsumeRequest first = place.first;
        if (!request.repeats(first)) {
            return place.isHeldByOneWhoWaits() ? new Refusal(request, new Keyed.Reused<>()) : null;
        }
        if (request.hasLeft() || !room.replace(first, request)) {
            return null;
        }
        place.first = request;
        return new Refusal(first, new Keyed.InProgress<>());
    }

    /** The first one takes too long. */
    private void giveUp(ConsumeRequest request) {
        if (stepAside(request)) {
            request.answer(new Keyed.InProgress<>());
        }
    }

    private synchronized boolean stepAside(ConsumeRequest request) {
        Place place = places.get(name(request));
        return place != null && place.behind.remove(request);
    }

    private void leave(ConsumeRequest request) {
        ConsumeRequest next = next(request);
        if (next != null) {
            turns.add(next);
            serveInTurn();
        }
    }

    /** Not one from within the end of another: many may be answered at once, and the stack would not hold them all. */
    private void serveInTurn() {
        if (turnsLeft.getAndIncrement() > 0) {
            return; // whoever is at it serves this one too
        }
        do {
            serveOrFail(turns.remove());
        } while (turnsLeft.decrementAndGet() > 0);
    }

    /** Whatever goes wrong, the next one has its turn. */
    private void serveOrFail(ConsumeRequest request) {
        try {
            serve.accept(request);
        } catch (RuntimeException | Error e) {
            request.fail(new IllegalStateException("It could not be served.", e));
        }
    }

    private synchronized @Nullable ConsumeRequest next(ConsumeRequest request) {
        Place place = places.get(name(request));
        if (place == null || place.first != request) {
            return null;
        }
        ConsumeRequest next = place.behind.poll();
        if (next == null) {
            places.remove(name(request));
        } else {
            place.next(next);
        }
        return next;
    }

    /**
     * Lets consumers wait; the newest of those who stand behind one of them takes its place.
     *
     * @return those who cannot wait, since something has arrived: then nobody takes a place either
     */
    List<ConsumeRequest> enterRoom(List<ConsumeRequest> requests, long seen) {
        List<Refusal> refusals = new ArrayList<>();
        boolean entered = enterRoom(requests, seen, refusals);
        refusals.forEach(Refusal::tell);
        return entered ? List.of() : requests;
    }

    /** Both under one lock: nobody comes to stand behind one who is about to wait and is overlooked there. */
    private synchronized boolean enterRoom(List<ConsumeRequest> requests, long seen, List<Refusal> refusals) {
        if (!room.enter(requests, seen)) {
            return false;
        }
        for (ConsumeRequest request : requests) {
            Place place = request.terms().key() == null ? null : places.get(name(request));
            if (place != null && place.first == request) {
                place.isUndecided = true;
                refusals.addAll(passOn(place));
            }
        }
        return true;
    }

    private List<Refusal> passOn(Place place) {
        List<Refusal> refusals = new ArrayList<>();
        place.behind.removeIf(request -> {
            Refusal refusal = passOn(place, request);
            return refusal != null && refusals.add(refusal);
        });
        return refusals;
    }

    /** Whether one waits with this key, which is not free for anything but a consume then. */
    synchronized boolean isHeld(RequestKey key) {
        Place place = places.get(key.name());
        return place != null && place.isHeldByOneWhoWaits();
    }

    /**
     * Answers those whose key has decided before, and returns the others. Once the store is away the rest is not asked about:
     * each would wait for it in vain, and for all before it.
     */
    List<ConsumeRequest> withoutAnswered(List<ConsumeRequest> requests) {
        List<ConsumeRequest> others = new ArrayList<>(requests.size());
        Fault.Unavailable away = null;
        for (ConsumeRequest request : requests) {
            if (request.terms().key() == null) {
                others.add(request);
            } else if (away != null) {
                request.fail(away);
            } else {
                away = answer(request);
                if (!request.answer().isDone()) {
                    others.add(request);
                }
            }
        }
        return others;
    }

    /** @return that the store is away, or null */
    private Fault.@Nullable Unavailable answer(ConsumeRequest request) {
        try {
            deliveries.answered(request.terms()).ifPresent(outcome -> request.answer(answer(outcome)));
        } catch (RuntimeException e) {
            request.fail(e);
            return e instanceof Fault.Unavailable fault ? fault : null;
        }
        return null;
    }

    /** What is told of an earlier claim. */
    static Keyed<ConsumeOutcome> answer(Keyed<ClaimOutcome> outcome) {
        return outcome.map(earlier -> switch (earlier) {
            case ClaimOutcome.Delivered delivered ->
                new ConsumeOutcome.Delivered(delivered.delivery(), delivered.rendition());
            case ClaimOutcome.NotClaimable() -> new ConsumeOutcome.Gone();
            case ClaimOutcome.NotTried() -> throw new IllegalStateException("What was never tried has no answer.");
            case ClaimOutcome.Failed(var fault) -> throw fault;
        });
    }

    private static RequestKey.Name name(ConsumeRequest request) {
        return Objects.requireNonNull(request.terms().key()).name();
    }
}
