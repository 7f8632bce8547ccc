package dev.workflow.csv;

/**
 * A cell in one number, since there are millions: nothing, a null, or a span of bytes, either of the document or of the texts
 * that were made for the row.
 */
final class Cell {
    /** There is nothing here. */
    static final long MISSING = 0;
    /** A JSON null. No span has this number, since an empty one does not end at the last position. */
    static final long NULL = -1;

    private static final long MADE = 1L << 63;
    private static final long BARE = 1L << 31;

    private Cell() {}

    /** Bytes of the document. */
    static long sent(int start, int end) {
        return (long) start << 32 | end;
    }

    /** Bytes of the document none of which asks for quotes. */
    static long bare(int start, int end) {
        return BARE | sent(start, end);
    }

    /** Bytes of the texts that were made. */
    static long made(int start, int end) {
        return MADE | sent(start, end);
    }

    static boolean isMade(long cell) {
        return cell < 0;
    }

    static boolean isBare(long cell) {
        return (cell & BARE) != 0;
    }

    static int start(long cell) {
        return (int) (cell >>> 32) & Integer.MAX_VALUE;
    }

    static int end(long cell) {
        return (int) cell & Integer.MAX_VALUE;
    }
}
