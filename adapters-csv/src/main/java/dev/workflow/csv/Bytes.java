package dev.workflow.csv;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow at their end, and may be cut back. */
final class Bytes {
    private static final int SMALL = 64 << 10;

    private byte[] bytes;
    private int length;

    Bytes(int expected) {
        this.bytes = new byte[expected];
    }

    int length() {
        return length;
    }

    /** The bytes themselves, valid up to {@link #length} and until the next change. */
    byte[] array() {
        return bytes;
    }

    void add(int b) {
        if (length == bytes.length) {
            grow(1);
        }
        bytes[length++] = (byte) b;
    }

    void add(byte[] from, int start, int end) {
        int count = end - start;
        if (bytes.length - length < count) {
            grow(count);
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
        length = shorter;
    }

    private void grow(int more) {
        bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, more), bytes.length + (bytes.length >> 1)));
    }
}
