package dev.workflow.domain;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * Makes UUIDs of version 7 (RFC 9562) whose 12 bits after the milliseconds hold the fraction of the millisecond (method 3 of
 * its section 6.2), so that a time of microseconds is read back exactly. Ids of one instance never go back in time, even when
 * its clock does; two ids never share a microsecond.
 */
public final class TimeOrderedIds {
    private static final int MICROS_PER_MILLI = 1000;
    private static final int FRACTIONS_PER_MILLI = 4096;
    private static final int RANDOM_BLOCK = 8192;

    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final byte[] block = new byte[RANDOM_BLOCK];
    private ByteBuffer unused = ByteBuffer.wrap(block, RANDOM_BLOCK, 0);
    private long lastMicros;

    public TimeOrderedIds(InstantSource clock) {
        this.clock = clock;
    }

    /** The next id, later than every one before. */
    public synchronized UUID next() {
        lastMicros = Math.max(lastMicros + 1, micros(clock.instant()));
        return new UUID(timePart(lastMicros), (nextRandom() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L);
    }

    /** The time that {@link #next} put into {@code id}. */
    public static Instant timeOf(UUID id) {
        long high = id.getMostSignificantBits();
        long millis = high >>> 16;
        long micros = (high & 0xFFF) * MICROS_PER_MILLI / FRACTIONS_PER_MILLI;
        return Instant.ofEpochMilli(millis).plusNanos(micros * 1000);
    }

    /** An id before which none was made at {@code time} or later, and after which all of those come. */
    public static UUID firstAt(Instant time) {
        if (time.isBefore(Instant.EPOCH)) {
            return new UUID(0, 0);
        }
        Instant cut = time.truncatedTo(ChronoUnit.MICROS);
        return new UUID(timePart(micros(cut) + (cut.equals(time) ? 0 : 1)), 0);
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    /** The fraction is rounded up: then rounding down in {@link #timeOf} gives the same microsecond again. */
    private static long timePart(long micros) {
        long millis = micros / MICROS_PER_MILLI;
        long rest = micros % MICROS_PER_MILLI;
        long fraction = (rest * FRACTIONS_PER_MILLI + MICROS_PER_MILLI - 1) / MICROS_PER_MILLI;
        return millis << 16 | 0x7000 | fraction;
    }

    /** Random bits are fetched in blocks: one call for each id would cost more than the id. */
    private long nextRandom() {
        if (unused.remaining() < Long.BYTES) {
            random.nextBytes(block);
            unused = ByteBuffer.wrap(block);
        }
        return unused.getLong();
    }
}
