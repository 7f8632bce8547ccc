package dev.workflow.postgres.value;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Times and durations in the microseconds that the database counts in. */
public final class Intervals {
    private static final int NANOS_PER_MICRO = 1000;

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private Intervals() {}

    /** To be multiplied with {@code interval '1 microsecond'}. */
    public static long micros(Duration duration) {
        return Math.addExact(
                Math.multiplyExact(duration.toSeconds(), 1_000_000L), duration.toNanosPart() / NANOS_PER_MICRO);
    }

    /** To be multiplied likewise, and added to {@code timestamptz 'epoch'}. Exact, or a time that is later or out of all use. */
    static long sinceEpoch(Instant time) {
        Instant usable = time.isBefore(EARLIEST) ? EARLIEST : time.isAfter(LATEST) ? LATEST : notBefore(time);
        return ChronoUnit.MICROS.between(Instant.EPOCH, usable);
    }

    /** The first moment of the database that is not before {@code time}. */
    public static Instant notBefore(Instant time) {
        Instant before = time.truncatedTo(ChronoUnit.MICROS);
        return before.equals(time) ? time : before.plus(1, ChronoUnit.MICROS);
    }

    public static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
