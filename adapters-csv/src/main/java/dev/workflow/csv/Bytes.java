package dev.workflow.csv;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow at their end, and may be cut back. Beyond a number that was given they are not kept, but counted on. */
final class Bytes {
    private static final int SMALL = 64 << 10;
    /** What is not kept has to be written somewhere. */
    private static final int LEAST_ROOM = 4 << 10;

    private final int mostKept;
    private byte[] bytes;
    private int length;
    /** How many were written before those that are in the array; none as long as all are there. */
    private int forgotten;

    Bytes(int expected) {
        this(expected, Integer.MAX_VALUE);
    }

    /** @param mostKept with more than that, only their number is known */
    Bytes(int expected, int mostKept) {
        this.bytes = new byte[expected];
        this.mostKept = mostKept;
    }

    /** How many were added, be they kept or not. */
    int length() {
        return forgotten + length;
    }

    /** Whether all that were added are there. */
    boolean areKept() {
        return forgotten == 0;
    }

    /** The bytes themselves, valid up to {@link #length} and until the next change; only if they are kept. */
    byte[] array() {
        return bytes;
    }

    void add(int b) {
        if (length == bytes.length) {
            makeRoom(1);
        }
        bytes[length++] = (byte) b;
    }

    void add(byte[] from, int start, int end) {
        int count = end - start;
        if (bytes.length - length < count && !makeRoom(count)) {
            forgotten += count;
            return;
        }
        System.arraycopy(from, start, bytes, length, count);
        length += count;
    }

    void add(byte[] all) {
        add(all, 0, all.length);
    }

    /** Whether it takes little room, used or not. */
    boolean isSmall() {
        return bytes.length <= SMALL;
    }

    /** All bytes; nothing may be added afterwards. */
    byte[] toArray() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    void add(String text) {
        add(text.getBytes(StandardCharsets.UTF_8));
    }

    void cutTo(int shorter) {
        int kept = shorter - forgotten;
        length = Math.max(kept, 0);
        forgotten = Math.min(shorter, forgotten);
    }

    /** What is added from now on stands in this array from {@code at} on, and must fit. */
    void goOnIn(byte[] array, int at) {
        bytes = array;
        length = at;
        forgotten = 0;
    }

    /** Answers whether there is room for so many now. */
    private boolean makeRoom(int more) {
        int needed = Math.addExact(length, more);
        if (forgotten == 0 && needed <= mostKept) {
            int larger = Math.max(needed, bytes.length + (bytes.length >> 1));
            bytes = Arrays.copyOf(bytes, Math.min(larger, mostKept));
            return true;
        }
        forgotten += length;
        length = 0;
        if (bytes.length < LEAST_ROOM) {
            bytes = new byte[LEAST_ROOM];
        }
        return more <= bytes.length;
    }
}
