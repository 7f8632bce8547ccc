package dev.workflow.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TimeOrderedIdsTest {
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.123456789Z");

    @Test
    void isAUuidOfVersion7AndTheVariantOfTheRfc() {
        UUID id = new TimeOrderedIds(InstantSource.fixed(NOW)).next();

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
    }

    @Test
    void givesTheTimeBackToTheMicrosecondForEveryMicrosecondOfAMillisecond() {
        for (int micros = 0; micros < 1000; micros++) {
            Instant time = Instant.parse("2026-03-04T05:06:07Z").plusNanos(micros * 1000L);

            assertThat(TimeOrderedIds.timeOf(new TimeOrderedIds(InstantSource.fixed(time)).next()))
                    .isEqualTo(time);
        }
    }

    @Test
    void cutsWhatIsFinerThanAMicrosecond() {
        UUID id = new TimeOrderedIds(InstantSource.fixed(NOW)).next();

        assertThat(TimeOrderedIds.timeOf(id)).isEqualTo("2026-03-04T05:06:07.123456Z");
    }

    @Test
    void theFirstOfAMomentStandsBetweenThoseBeforeAndThoseAt() {
        UUID at = new TimeOrderedIds(InstantSource.fixed(NOW)).next();
        Instant moment = TimeOrderedIds.timeOf(at);
        UUID before = new TimeOrderedIds(InstantSource.fixed(moment.minusNanos(1000))).next();

        assertThat(TimeOrderedIds.firstAt(moment).toString())
                .isGreaterThan(before.toString())
                .isLessThan(at.toString());
        assertThat(TimeOrderedIds.firstAt(moment.minusNanos(1))).isEqualTo(TimeOrderedIds.firstAt(moment));
        assertThat(TimeOrderedIds.firstAt(moment.plusNanos(1)).toString()).isGreaterThan(at.toString());
        assertThat(TimeOrderedIds.firstAt(Instant.MIN)).isEqualTo(new UUID(0, 0));
    }

    @Test
    void goesOnWhileTheClockStandsStill() {
        TimeOrderedIds ids = new TimeOrderedIds(InstantSource.fixed(NOW));
        String last = ids.next().toString();
        for (int i = 0; i < 5000; i++) {
            String next = ids.next().toString();
            assertThat(next).isGreaterThan(last);
            last = next;
        }
    }

    @Test
    void neverGoesBackWhenTheClockDoes() {
        Instant[] clock = {NOW};
        TimeOrderedIds ids = new TimeOrderedIds(() -> clock[0]);
        UUID before = ids.next();
        clock[0] = NOW.minusSeconds(3600);

        assertThat(ids.next().toString()).isGreaterThan(before.toString());
    }

    @Test
    void differsFromInstanceToInstance() {
        Set<UUID> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            seen.add(new TimeOrderedIds(InstantSource.fixed(NOW)).next());
        }

        assertThat(seen).hasSize(1000);
    }
}
