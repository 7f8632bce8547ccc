package dev.workflow.csv;

/** The bytes that a cell must not have without quotes around it: quotes, the ends of lines, and the delimiter. */
final class SpecialBytes {
    private static final SpecialBytes WITH_COMMA = new SpecialBytes(',');

    private final boolean[] special = new boolean[256];
    private final boolean inNumbers;

    private SpecialBytes(char delimiter) {
        for (char c : new char[] {delimiter, '"', '\r', '\n'}) {
            special[c] = true;
        }
        inNumbers = "+-.".indexOf(delimiter) >= 0;
    }

    static SpecialBytes with(char delimiter) {
        return delimiter == ',' ? WITH_COMMA : new SpecialBytes(delimiter);
    }

    /** Whether a number may have one of them. Other scalars are of letters, which are none. */
    boolean mayBeInNumbers() {
        return inNumbers;
    }

    boolean isIn(byte[] text, int start, int end) {
        for (int at = start; at < end; at++) {
            if (special[text[at] & 0xFF]) {
                return true;
            }
        }
        return false;
    }
}
