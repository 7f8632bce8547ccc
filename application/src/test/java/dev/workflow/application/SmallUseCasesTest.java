package dev.workflow.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workflow.contracts.InMemoryStore;
import dev.workflow.contracts.SettableClock;
import dev.workflow.domain.Fault;
import dev.workflow.domain.Keyed;
import dev.workflow.domain.Listing;
import dev.workflow.domain.Redrive;
import dev.workflow.domain.RedriveOutcome;
import dev.workflow.domain.RequestKey;
import dev.workflow.domain.StateName;
import dev.workflow.domain.Status;
import dev.workflow.domain.StatusChange;
import dev.workflow.domain.StorePolicy;
import dev.workflow.domain.delivery.DeliveryTerms;
import dev.workflow.domain.delivery.SettleOutcome;
import dev.workflow.domain.delivery.Verdict;
import dev.workflow.domain.port.Upkeep;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Use cases that add little to their ports, and what they do add. */
@Timeout(60)
class SmallUseCasesTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final InMemoryStore store = new InMemoryStore(clock, new StorePolicy(1, Duration.ofHours(24)));
    private final Instance instance = new Instance(store, new BrokerTwin());
    private final List<String> calls = new ArrayList<>();
    private final Deque<Integer> counts = new ArrayDeque<>();

    @AfterEach
    void stop() {
        instance.close();
    }

    private UUID leased() {
        instance.submit("1");
        instance.relayAll();
        return ((ConsumeOutcome.Delivered)
                        instance.consume(Instance.forOne(new DeliveryTerms(Instance.DATA, MINUTE, null))))
                .delivery()
                .id();
    }

    /** Notes what it is asked for, and finds as much as is said beforehand. */
    private Upkeep upkeep(Integer... found) {
        counts.addAll(List.of(found));
        return upkeep(arguments -> counts.removeFirst());
    }

    private Upkeep upkeep(ToIntFunction<Object[]> answer) {
        return (Upkeep) Proxy.newProxyInstance(
                Upkeep.class.getClassLoader(), new Class<?>[] {Upkeep.class}, (proxy, method, arguments) -> {
                    calls.add(method.getName() + Arrays.toString(arguments));
                    return answer.applyAsInt(arguments);
                });
    }

    @Test
    void leasesAreEndedUntilNoneIsDue() {
        long before = instance.relay.ticket();
        EndLeases endLeases = new EndLeases(upkeep(EndLeases.BATCH, EndLeases.BATCH, 3), instance.relay);
        endLeases.pass();
        assertThat(calls).hasSize(3);
        assertThat(instance.relay.ticket()).as("the relay is told each time").isEqualTo(before + 3);
    }

    @Test
    void whereNoLeaseIsDueTheRelayIsLeftAlone() {
        long before = instance.relay.ticket();
        new EndLeases(upkeep(0), instance.relay).pass();
        assertThat(instance.relay.ticket()).isEqualTo(before);
    }

    @Test
    void whatIsKeptForEverIsNotRemoved() {
        new RemoveOld(upkeep(0), new RemoveOld.Keep(null, null)).step();
        assertThat(calls).containsExactly("forgetKeys[" + RemoveOld.BATCH + "]");
    }

    @Test
    void whatIsOldIsRemovedInBatches() {
        new RemoveOld(upkeep(3, 0, 0), new RemoveOld.Keep(MINUTE, MINUTE.multipliedBy(2))).step();
        assertThat(calls).containsExactly("purge[CONSUMED, PT1M, 500]", "purge[DEAD, PT2M, 500]", "forgetKeys[500]");
    }

    /** It may be given back. */
    @Test
    void whatHasJustEndedIsNotRemoved() {
        new RemoveOld(upkeep(0, 0, 0), new RemoveOld.Keep(Duration.ZERO, Duration.ofMillis(1))).step();
        assertThat(calls).startsWith("purge[CONSUMED, PT1S, 500]", "purge[DEAD, PT1S, 500]");
    }

    @Test
    void whatCannotBeRemovedDoesNotKeepTheRest() {
        RemoveOld removeOld = new RemoveOld(upkeep(), new RemoveOld.Keep(MINUTE, MINUTE));
        assertThatThrownBy(removeOld::step).isInstanceOf(NoSuchElementException.class);
        assertThat(calls).hasSize(3);
    }

    /** However much it takes to remove each. */
    @Test
    void whatCannotBeRemovedAtOnceIsRemovedInSmallerBatches() {
        Upkeep slow = upkeep(arguments -> {
            boolean isPurge = arguments.length > 1;
            if (isPurge && (int) arguments[2] > 3) {
                throw new Fault.Unavailable("too slow");
            }
            return isPurge ? (int) arguments[2] : 0;
        });
        RemoveOld removeOld = new RemoveOld(slow, new RemoveOld.Keep(MINUTE, null));
        int failures = 0;
        for (int i = 0; i < 20; i++) {
            try {
                removeOld.step();
            } catch (Fault.Unavailable e) {
                failures++;
            }
        }
        assertThat(failures).isBetween(8, 19);
        assertThat(calls).contains("purge[CONSUMED, PT1M, 500]", "purge[CONSUMED, PT1M, 3]", "forgetKeys[500]");
        assertThat(calls).doesNotContain("forgetKeys[250]");
    }

    @Test
    void aBatchGrowsAgain() {
        RemoveOld removeOld = new RemoveOld(upkeep(), new RemoveOld.Keep(null, null));
        assertThatThrownBy(removeOld::step).isInstanceOf(NoSuchElementException.class);
        for (int i = 0; i < 10; i++) {
            counts.add(0);
            removeOld.step();
        }
        assertThat(calls)
                .startsWith("forgetKeys[500]", "forgetKeys[250]", "forgetKeys[313]")
                .endsWith("forgetKeys[500]");
    }

    @Test
    void whereMuchIsOldMuchIsRemoved() {
        Integer[] full = Collections.nCopies(RemoveOld.BATCHES, RemoveOld.BATCH).toArray(Integer[]::new);
        new RemoveOld(upkeep(full), new RemoveOld.Keep(null, null)).step();
        assertThat(calls).hasSize(RemoveOld.BATCHES);
    }

    @Test
    void whereLittleIsLeftTheNextStepLooksForMore() {
        new RemoveOld(upkeep(RemoveOld.BATCH, 3), new RemoveOld.Keep(null, null)).step();
        assertThat(calls).hasSize(2);
    }

    @Test
    void onlyWhatIsPutBackWakesTheRelay() {
        instance.submit("1");
        UUID id = store.page(Listing.ofAll(1)).getFirst().id();
        long before = instance.relay.ticket();
        instance.changeStatus.change(StatusChange.of(id, Status.CONSUMED));
        assertThat(instance.relay.ticket()).isEqualTo(before);
        instance.changeStatus.change(StatusChange.of(id, Status.INSERTED));
        assertThat(instance.relay.ticket()).isEqualTo(before + 1);
    }

    @Test
    void whatIsStoredIsCountedOnce() {
        RequestKey key = new RequestKey("", "k", "the request");
        for (int time = 1; time <= 2; time++) {
            instance.submit(key, "1", "2", "3");
        }
        assertThat(instance.instruments.throughput().inserted().total()).isEqualTo(3);
    }

    @Test
    void aRefusalWakesTheRelay() {
        UUID delivery = leased();
        long before = instance.relay.ticket();
        assertThat(instance.settle(delivery, new Verdict.Refuse(Set.of(), Duration.ZERO, null)))
                .isInstanceOf(SettleOutcome.Settled.class);
        assertThat(instance.relay.ticket()).isGreaterThan(before);
        assertThat(store.counts().byState()).containsEntry(StateName.DEAD, 1L);
    }

    @Test
    void anAcknowledgementNeedNotWakeTheRelay() {
        UUID delivery = leased();
        long before = instance.relay.ticket();
        instance.settle(delivery, new Verdict.Acknowledge());
        assertThat(instance.relay.ticket()).isEqualTo(before);
    }

    @Test
    void whoSettlesTogetherGetsItsOwnAnswer() {
        List<UUID> deliveries = IntStream.range(0, 200).mapToObj(i -> leased()).toList();
        List<CompletionStage<SettleOutcome>> answers = deliveries.stream()
                .map(each -> instance.settle.settle(each, new Verdict.Acknowledge()))
                .toList();
        assertThat(answers.stream().map(Stages::await))
                .extracting(each -> ((SettleOutcome.Settled) each).settlement().id())
                .isEqualTo(deliveries);
    }

    @Test
    void aSettlementFailsAsItsStoreDoes() {
        UUID delivery = leased();
        store.goAway(new Fault.Unavailable("It is away."));
        assertThatThrownBy(() -> instance.settle(delivery, new Verdict.Acknowledge()))
                .isInstanceOf(Fault.Unavailable.class);
    }

    @Test
    void aRedriveWakesTheRelay() {
        instance.settle(leased(), new Verdict.Refuse(Set.of(), Duration.ZERO, null));
        long before = instance.relay.ticket();
        assertThat(instance.redrive.redrive(new Redrive(null, null)))
                .isEqualTo(new Keyed.Fresh<>(new RedriveOutcome(1, List.of(), false)));
        assertThat(instance.relay.ticket()).isGreaterThan(before);
        instance.relayAll();
        assertThat(instance.consume()).isInstanceOf(ConsumeOutcome.Delivered.class);
    }

    @Test
    void aLeaseIsProlonged() {
        UUID delivery = leased();
        assertThat(instance.settle.extend(delivery, MINUTE.multipliedBy(5)))
                .isInstanceOfSatisfying(
                        SettleOutcome.Settled.class,
                        settled -> assertThat(settled.settlement().times().leaseExpiresAt())
                                .isEqualTo(clock.instant().plus(MINUTE.multipliedBy(5))));
    }

    @Test
    void aReportTellsCountsAndRates() {
        AtomicLong nanos = new AtomicLong();
        Throughput throughput = new Throughput(nanos::get);
        SettleDelivery settle = new SettleDelivery(
                store,
                instance.relay,
                new Instruments(instance.instruments.schedule(), throughput, instance.instruments.ids()));
        UUID delivery = leased();
        for (int time = 1; time <= 3; time++) {
            Stages.await(settle.settle(delivery, new Verdict.Acknowledge()));
        }
        settle.close();
        leased();
        throughput.inserted().add(8);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));

        ReportStats.Report report = new ReportStats(store, throughput).report();

        assertThat(report.counts()).isEqualTo(store.counts());
        assertThat(report.counts().byState())
                .containsEntry(StateName.CONSUMED, 1L)
                .containsEntry(StateName.LEASED, 1L);
        assertThat(report.insertedPerSecond()).isEqualTo(4);
        assertThat(report.consumedPerSecond()).isEqualTo(0.5);
    }

    @Test
    void totalsAreToldWithoutTheDatabase() {
        Throughput throughput = new Throughput();
        throughput.inserted().add(8);
        throughput.consumed().add(3);
        store.goAway(new Fault.Unavailable("The database is away."));

        assertThat(new ReportStats(store, throughput).totals()).isEqualTo(new ReportStats.Totals(8, 3));
    }
}
