package dev.workflow.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateTest {
    private final AtomicLong nanos = new AtomicLong(-7);
    private final Rate rate = new Rate(nanos::get);

    private void waitSeconds(long seconds) {
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }

    @Test
    void nothingHappenedYet() {
        assertThat(rate.perSecond()).isZero();
    }

    @Test
    void withinTheFirstSecondAllCounts() {
        rate.add(5);
        rate.add(1);
        assertThat(rate.perSecond()).isEqualTo(6);
    }

    @Test
    void inTheFirstMinuteItIsTheMeanSinceTheStart() {
        rate.add(5);
        waitSeconds(10);
        rate.add(5);
        assertThat(rate.perSecond()).isEqualTo(1);
    }

    @Test
    void laterItIsTheMeanOfTheLastFullMinute() {
        rate.add(60);
        waitSeconds(60);
        rate.add(1_000_000);
        assertThat(rate.perSecond()).as("without the second that runs").isEqualTo(1);
        waitSeconds(1);
        assertThat(rate.perSecond()).isEqualTo(1_000_000 / 60.0);
        waitSeconds(59);
        assertThat(rate.perSecond()).isEqualTo(1_000_000 / 60.0);
        waitSeconds(1);
        assertThat(rate.perSecond()).isZero();
    }

    @Test
    void aSteadyFlowHasItsRate() {
        for (int second = 0; second < 500; second++) {
            rate.add(7);
            waitSeconds(1);
        }
        assertThat(rate.perSecond()).isEqualTo(7);
    }

    @Test
    void aLongPauseIsForgotten() {
        rate.add(60);
        waitSeconds(100_000);
        assertThat(rate.perSecond()).isZero();
        rate.add(60);
        waitSeconds(1);
        assertThat(rate.perSecond()).isEqualTo(1);
    }

    @Test
    void theTotalForgetsNothing() {
        assertThat(rate.total()).isZero();
        rate.add(60);
        waitSeconds(100_000);
        rate.add(5);
        rate.add(1);
        assertThat(rate.total()).isEqualTo(66);
    }

    @Test
    void whatComesAndWhatGoesAreCountedApart() {
        Throughput throughput = new Throughput(nanos::get);
        throughput.inserted().add(4);
        waitSeconds(2);
        throughput.consumed().add(6);
        assertThat(throughput.inserted().perSecond()).isEqualTo(2);
        assertThat(throughput.consumed().perSecond()).isEqualTo(3);
    }
}
