package dev.workflow.rest.json;

/**
 * Looks at every byte of a body once: is it UTF-8 as RFC 3629 has it? jackson-core passes over long forms and halves of
 * surrogate pairs. Notes on the way whether a {@code \}{@code u} escape occurs, since only those can spell what a database
 * cannot hold.
 */
final class Utf8Check {
    private final byte[] bytes;
    private boolean escapes;
    private int position;

    Utf8Check(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Whether a {@code \}{@code u} escape may occur; to be asked after {@link #firstInvalid}. */
    boolean escapes() {
        return escapes;
    }

    /** The offset of the first byte that is not part of a character, or -1. */
    int firstInvalid() {
        while (position < bytes.length) {
            byte each = bytes[position];
            if (each >= 0) {
                escapes |= each == 'u' && position > 0 && bytes[position - 1] == '\\';
                position++;
            } else {
                int length = lengthOfCharacter();
                if (length == 0) {
                    return position;
                }
                position += length;
            }
        }
        return -1;
    }

    /** Table 3-7 of the Unicode standard, 0 for what is not in it. */
    private int lengthOfCharacter() {
        int first = bytes[position] & 0xFF;
        if (first >= 0xC2 && first <= 0xDF) {
            return isTail(1, 0x80, 0xBF) ? 2 : 0;
        }
        if (first >= 0xE0 && first <= 0xEF) {
            int low = first == 0xE0 ? 0xA0 : 0x80;
            int high = first == 0xED ? 0x9F : 0xBF;
            return isTail(1, low, high) && isTail(2, 0x80, 0xBF) ? 3 : 0;
        }
        if (first >= 0xF0 && first <= 0xF4) {
            int low = first == 0xF0 ? 0x90 : 0x80;
            int high = first == 0xF4 ? 0x8F : 0xBF;
            return isTail(1, low, high) && isTail(2, 0x80, 0xBF) && isTail(3, 0x80, 0xBF) ? 4 : 0;
        }
        return 0;
    }

    private boolean isTail(int offset, int low, int high) {
        if (position + offset >= bytes.length) {
            return false;
        }
        int tail = bytes[position + offset] & 0xFF;
        return tail >= low && tail <= high;
    }
}
