package dev.workflow.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.contracts.InMemoryStore;
import dev.workflow.contracts.Together;
import dev.workflow.domain.Keyed;
import dev.workflow.domain.RequestKey;
import dev.workflow.domain.delivery.DeliveryTerms;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads at once on what is shared. Whatever the order, everyone is answered, and once. */
@Timeout(60)
class StressTest {
    private static final int THREADS = Together.THREADS;
    private static final Duration LONG = Duration.ofMinutes(1);

    private static ConsumeRequest waiting() {
        return new ConsumeRequest(new ConsumeOrder(DeliveryTerms.finalIn(Instance.DATA), 1, LONG, () -> false), 0);
    }

    /** Some threads let requests in, replace them and announce arrivals, others call them out and serve them. */
    @Test
    void whoeverEntersAWaitingRoomIsCalledOnce() throws Exception {
        for (int round = 0; round < 20; round++) {
            WaitingRoom room = new WaitingRoom();
            Queue<ConsumeRequest> entered = new ConcurrentLinkedQueue<>();
            Queue<ConsumeRequest> replaced = new ConcurrentLinkedQueue<>();
            Queue<ConsumeRequest> called = new ConcurrentLinkedQueue<>();
            Together.run(thread -> {
                for (int i = 0; i < 200; i++) {
                    if (thread % 2 == 0) {
                        enter(room, entered, replaced, i);
                    } else {
                        serve(room, room.call(1 + i % 5), called);
                    }
                }
            });
            while (room.size() > 0) {
                serve(room, room.call(100), called);
            }
            assertThat(called).doesNotHaveDuplicates();
            assertThat(union(called, replaced)).isEqualTo(Set.copyOf(entered));
            assertThat(called).doesNotContainAnyElementsOf(replaced);
        }
    }

    private static Set<ConsumeRequest> union(Collection<ConsumeRequest> some, Collection<ConsumeRequest> others) {
        Set<ConsumeRequest> union = new HashSet<>(some);
        union.addAll(others);
        return union;
    }

    private static void enter(
            WaitingRoom room, Queue<ConsumeRequest> entered, Queue<ConsumeRequest> replaced, int number) {
        ConsumeRequest request = waiting();
        entered.add(request);
        if (number % 4 == 0) {
            room.arrived();
        }
        boolean isIn;
        do {
            isIn = number % 3 == 0 && room.queueUp(request) || room.enter(List.of(request), room.arrivals());
        } while (!isIn);
        if (number % 5 == 0) {
            ConsumeRequest repeated = waiting();
            if (room.replace(request, repeated)) {
                entered.add(repeated);
                replaced.add(request);
            }
        }
    }

    private static void serve(WaitingRoom room, List<ConsumeRequest> first, Queue<ConsumeRequest> called) {
        for (List<ConsumeRequest> next = first; !next.isEmpty(); ) {
            assertThat(next).as("those who came first are first").isSortedAccordingTo(ConsumeRequest.BY_PLACE);
            called.addAll(next);
            next.forEach(request -> request.answerNothing(false));
            next = room.back(next);
        }
    }

    /** One round puts back what it had in hand, and ends, while those who found the queue empty are being sent away. */
    @Test
    void nobodyIsSentAwayWhileSomethingIsPutBack() throws Exception {
        InMemoryStore store = new InMemoryStore(InstantSource.system());
        RelayOutbox relay = new RelayOutbox(store, new BrokerTwin());
        WaitingRoom room = new WaitingRoom();
        InHand inHand = new InHand();
        Queue<ConsumeRequest> again = new ConcurrentLinkedQueue<>();
        KeyedConsumers keyed = new KeyedConsumers(store, room, again::add);
        EmptyHanded emptyHanded = new EmptyHanded(store, relay, room, keyed, inHand, LONG, again::add);
        for (int time = 0; time < 500; time++) {
            InHand.Round round = inHand.begin();
            EmptyHanded.Sight sight = emptyHanded.look();
            ConsumeRequest request = new ConsumeRequest(
                    new ConsumeOrder(DeliveryTerms.finalIn(Instance.DATA), 1, Duration.ZERO, () -> false), 0);
            Together.run(thread -> {
                if (thread == 0) {
                    room.arrived();
                    round.close();
                } else if (thread == 1) {
                    again.addAll(emptyHanded.sendAway(List.of(request), sight));
                }
            });
            assertThat(again.poll()).isSameAs(request);
        }
    }

    /** Each key is used by two clients at once, who wait for what is only being submitted. */
    @Test
    void allWhoHaveOneKeyGetOneDelivery() throws Exception {
        int keys = 120;
        List<Queue<UUID>> deliveries = new ArrayList<>();
        IntStream.range(0, keys).forEach(i -> deliveries.add(new ConcurrentLinkedQueue<>()));
        try (Instance instance = new Instance(new InMemoryStore(InstantSource.system()), new BrokerTwin())) {
            instance.relay.start();
            Together.run(thread -> {
                if (thread < 2) {
                    IntStream.range(0, keys / 2).forEach(i -> instance.submit(thread + "-" + i));
                } else {
                    IntStream.range(0, keys)
                            .filter(i -> i % (THREADS / 2 - 1) == thread / 2 - 1)
                            .forEach(i -> deliveries.get(i).add(untilDelivered(instance, "key " + i)));
                }
            });
            assertThat(instance.consume.waiting()).isZero();
            assertThat(instance.consume()).isEqualTo(new ConsumeOutcome.Nothing(false));
        }
        assertThat(deliveries).allSatisfy(own -> assertThat(own).hasSize(2));
        assertThat(deliveries).allSatisfy(own -> assertThat(Set.copyOf(own)).hasSize(1));
        assertThat(deliveries.stream().map(Queue::peek)).doesNotHaveDuplicates();
    }

    /** One whose place was taken by the other asks again. */
    private static UUID untilDelivered(Instance instance, String key) {
        DeliveryTerms terms = new DeliveryTerms(Instance.DATA, LONG, new RequestKey("", key, ""));
        while (true) {
            Keyed<ConsumeOutcome> outcome = instance.consume
                    .consume(new ConsumeOrder(terms, 1, LONG, () -> false))
                    .toCompletableFuture()
                    .join();
            ConsumeOutcome answer = switch (outcome) {
                case Keyed.Fresh<ConsumeOutcome>(ConsumeOutcome fresh) -> fresh;
                case Keyed.Replayed<ConsumeOutcome>(ConsumeOutcome before) -> before;
                case Keyed.Reused<ConsumeOutcome>() -> throw new AssertionError("reused");
                case Keyed.InProgress<ConsumeOutcome>() -> new ConsumeOutcome.Nothing(true);
            };
            if (answer instanceof ConsumeOutcome.Delivered delivered) {
                return delivered.delivery().id();
            }
        }
    }
}
