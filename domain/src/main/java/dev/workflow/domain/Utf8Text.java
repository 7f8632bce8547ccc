package dev.workflow.domain;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Text as the UTF-8 bytes it came in, so that what goes out is what came in. Callers hand the array over and must not change
 * it afterwards; the copies that would guard against that would be the dearest thing on the hot path.
 */
public final class Utf8Text {
    private final byte[] bytes;

    private Utf8Text(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Wraps bytes that are known to be UTF-8. */
    public static Utf8Text ofBytes(byte[] utf8) {
        return new Utf8Text(utf8);
    }

    public static Utf8Text of(String text) {
        return new Utf8Text(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The bytes themselves, not a copy. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return bytes.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Utf8Text that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
