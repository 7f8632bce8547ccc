package dev.workflow.domain;

/** JSON text as it was sent, but for the white space between its tokens. All of it is known to be valid. */
public final class CompactJson {
    /** Takes pieces of a text, in their order. */
    @FunctionalInterface
    public interface Pieces {
        void add(byte[] json, int start, int end);
    }

    private CompactJson() {}

    /** Whether the text from {@code start} to before {@code end} has no such white space. */
    public static boolean isCompact(byte[] json, int start, int end) {
        for (int at = start; at < end; at++) {
            if (isSpace(json[at])) {
                return false;
            }
            if (json[at] == '"') {
                at = endOfString(json, at);
            }
        }
        return true;
    }

    /** Writes the text from {@code start} to before {@code end} without such white space. */
    public static void write(byte[] json, int start, int end, Pieces to) {
        int kept = start;
        for (int at = start; at < end; at++) {
            if (json[at] == '"') {
                at = endOfString(json, at);
            } else if (isSpace(json[at])) {
                to.add(json, kept, at);
                kept = at + 1;
            }
        }
        to.add(json, kept, end);
    }

    public static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /** Where the string that starts at {@code quote} has its other quote. */
    private static int endOfString(byte[] json, int quote) {
        int at = quote + 1;
        while (json[at] != '"') {
            at += json[at] == '\\' ? 2 : 1;
        }
        return at;
    }
}
