package dev.workflow.postgres;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** How the ids of {@link dev.workflow.domain.TimeOrderedIds} follow one another in time. */
final class TimeOrder {
    private static final int MICROS_PER_MILLI = 1000;
    private static final int FRACTIONS_PER_MILLI = 4096;
    private static final UUID FIRST = new UUID(0, 0);

    private TimeOrder() {}

    /** An id before which none was made at {@code time} or later, and after which all of those come. */
    static UUID firstAt(Instant time) {
        Instant from = Intervals.notBefore(time);
        if (from.isBefore(Instant.EPOCH)) {
            return FIRST;
        }
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, from);
        long fraction = (micros % MICROS_PER_MILLI * FRACTIONS_PER_MILLI + MICROS_PER_MILLI - 1) / MICROS_PER_MILLI;
        return new UUID((micros / MICROS_PER_MILLI) << 16 | 0x7000 | fraction, 0);
    }
}
