package dev.workflow.contracts.model;

import dev.workflow.contracts.model.Step.End;
import dev.workflow.contracts.model.Step.Order;
import dev.workflow.contracts.model.Step.Parcel;
import dev.workflow.contracts.model.Step.Publishing;
import dev.workflow.contracts.model.Step.Versions;
import dev.workflow.domain.StateName;
import dev.workflow.domain.Status;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/** Makes stories up. What comes first among choices is the simplest, and is what a failing story is shrunk to. */
public final class Stories {
    private static final int DAY_AND_MORE = 86_420;

    private Stories() {}

    public static Arbitrary<List<Step>> ofLengthUpTo(int length) {
        return Arbitraries.frequencyOf(
                        Tuple.of(5, posts()),
                        Tuple.of(6, relays()),
                        Tuple.of(10, consumes()),
                        Tuple.of(5, index().map(Step.Ack::new)),
                        Tuple.of(6, nacks()),
                        Tuple.of(2, extensions()),
                        Tuple.of(2, index().map(Step.GiveBack::new)),
                        Tuple.of(4, patches()),
                        Tuple.of(3, redrives()),
                        Tuple.of(5, index().map(Step.Again::new)),
                        Tuple.of(3, wear()),
                        Tuple.of(3, index().map(Step.TakeOver::new)),
                        Tuple.of(5, ticks()),
                        Tuple.of(5, Arbitraries.of(1000, 1).map(Step.Expire::new)),
                        Tuple.of(2, purges()),
                        Tuple.of(1, Arbitraries.of(10, 1).map(Step.ForgetKeys::new)),
                        Tuple.of(2, Arbitraries.just(new Step.Requeue())),
                        Tuple.of(1, count().map(Step.Lose::new)),
                        Tuple.of(2, count().map(Step.Duplicate::new)))
                .list()
                .ofMinSize(1)
                .ofMaxSize(length)
                .withSizeDistribution(RandomDistribution.uniform());
    }

    private static Arbitrary<Integer> index() {
        return number(0, 19);
    }

    private static Arbitrary<Integer> count() {
        return number(1, 4);
    }

    private static Arbitrary<Integer> number(int min, int max) {
        return Arbitraries.integers()
                .between(min, max)
                .shrinkTowards(min)
                .withDistribution(RandomDistribution.uniform());
    }

    private static Arbitrary<Boolean> mostly(boolean usual) {
        return Arbitraries.frequency(Tuple.of(4, usual), Tuple.of(1, !usual));
    }

    private static Arbitrary<Integer> keys() {
        return Arbitraries.frequency(Tuple.of(4, Step.NO_KEY), Tuple.of(1, 1), Tuple.of(1, 2), Tuple.of(1, 3));
    }

    private static Arbitrary<Step> posts() {
        Arbitrary<Parcel> parcel =
                Combinators.combine(number(1, 3), mostly(true), keys()).as(Parcel::new);
        return parcel.list().ofMinSize(1).ofMaxSize(2).map(Step.Post::new);
    }

    private static Arbitrary<Step> consumes() {
        Arbitrary<Integer> lease = Arbitraries.frequency(Tuple.of(2, 50), Tuple.of(2, 0), Tuple.of(1, 150));
        Arbitrary<Order> order =
                Combinators.combine(number(1, 4), lease, mostly(true), keys()).as(Order::new);
        Arbitrary<End> end = Arbitraries.frequency(
                Tuple.of(6, End.NEVER), Tuple.of(1, End.BEFORE_ACKNOWLEDGEMENT), Tuple.of(1, End.BEFORE_CLAIM));
        return Combinators.combine(order.list().ofMinSize(1).ofMaxSize(2), end).as(Step.Consume::new);
    }

    private static Arbitrary<Step> nacks() {
        Arbitrary<List<Integer>> only = Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.just(List.of())),
                Tuple.of(2, number(0, 3).list().ofMinSize(1).ofMaxSize(2)),
                Tuple.of(1, number(-1, 1).list().ofMinSize(1).ofMaxSize(2)));
        return Combinators.combine(index(), Arbitraries.of(0, 30, 110), Arbitraries.of(false, true), only)
                .as(Step.Nack::new);
    }

    private static Arbitrary<Step> extensions() {
        return Combinators.combine(index(), Arbitraries.of(0, 10, 250)).as(Step.Extend::new);
    }

    private static Arbitrary<Step> patches() {
        return Combinators.combine(index(), Arbitraries.of(Status.class), Arbitraries.of(Versions.class), keys())
                .as(Step.Patch::new);
    }

    private static Arbitrary<Step> redrives() {
        return Combinators.combine(index().list().ofMaxSize(3), keys()).as(Step.Redrive::new);
    }

    private static Arbitrary<Step> wear() {
        return Combinators.combine(index(), number(1, 5)).as(Step.Wear::new);
    }

    private static Arbitrary<Step> ticks() {
        return Arbitraries.frequency(Tuple.of(4, 40), Tuple.of(3, 100), Tuple.of(1, DAY_AND_MORE))
                .map(Step.Tick::new);
    }

    private static Arbitrary<Step> purges() {
        return Combinators.combine(Arbitraries.of(StateName.CONSUMED, StateName.DEAD), Arbitraries.of(30, 90))
                .as(Step.Purge::new);
    }

    private static Arbitrary<Step> relays() {
        Arbitrary<Publishing> publishing = Arbitraries.frequency(
                Tuple.of(6, Publishing.ALL),
                Tuple.of(1, Publishing.SOME),
                Tuple.of(1, Publishing.CRASH_AFTERWARDS),
                Tuple.of(1, Publishing.CRASH_BEFORE));
        return Combinators.combine(Arbitraries.of(100, 2), publishing).as(Step.Relay::new);
    }
}
