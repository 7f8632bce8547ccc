package dev.workflow.csv;

import java.util.Arrays;

/**
 * The lines of a table whose columns are still being found. A line is written with as many cells as there are columns at that
 * time. New columns come last, so all that it lacks in the end are delimiters, and those are put in when the table is whole.
 */
final class Lines {
    private static final byte[] END = {'\r', '\n'};
    private static final byte[] EMPTY_TEXT = {'"', '"'};
    /** Beyond it the lines are only measured, and written once more when it is known how large the table is. */
    private static final int MOST_KEPT = 4 << 20;

    private final Bytes bytes;
    private int count;
    private int[] ends = new int[4];
    /** The widths that lines were written with, in turn, and the number of the first line of each. */
    private int[] widths = new int[4];

    private int[] starts = new int[4];
    private int changes;
    private boolean anyEmpty;
    /** Where the first line starts. */
    private int origin;
    /** Whether an empty line is written as an empty text at once. */
    private boolean marking;

    Lines(int expectedBytes) {
        this.bytes = new Bytes(expectedBytes, MOST_KEPT);
    }

    /** Where the cells of the next line are written. */
    Bytes bytes() {
        return bytes;
    }

    int count() {
        return count;
    }

    void end(int width) {
        if (bytes.length() == start(count)) {
            endEmpty();
        }
        bytes.add(END);
        if (changes == 0 || widths[changes - 1] != width) {
            change(width);
        }
        ends = withRoom(ends, count);
        ends[count++] = bytes.length();
    }

    private void endEmpty() {
        anyEmpty = true;
        if (marking) {
            bytes.add(EMPTY_TEXT);
        }
    }

    private void change(int width) {
        widths = withRoom(widths, changes);
        starts = withRoom(starts, changes);
        widths[changes] = width;
        starts[changes++] = count;
    }

    private static int[] withRoom(int[] numbers, int at) {
        return at < numbers.length ? numbers : Arrays.copyOf(numbers, at * 2);
    }

    /** Forgets all but the first lines. */
    void keep(int first) {
        count = first;
        bytes.cutTo(start(first));
        anyEmpty &= first > 0;
        while (changes > 0 && starts[changes - 1] >= first) {
            changes--;
        }
    }

    private int start(int line) {
        return line == 0 ? origin : ends[line - 1];
    }

    /** Whether they are there, and not only measured. */
    boolean areKept() {
        return bytes.areKept();
    }

    /**
     * Forgets all lines. They are written into this array, from {@code at} on, when they come again. What they are is known by
     * now: each comes with all its cells.
     */
    void startOver(byte[] table, int at, boolean marked) {
        origin = at;
        marking = marked;
        bytes.goOnIn(table, at);
        keep(0);
    }

    /** How long they are when they are written with this many cells each. */
    int length(int width, boolean marked) {
        if (isComplete(width) && !(marked && anyEmpty)) {
            return bytes.length();
        }
        long length = bytes.length();
        for (int change = 0; change < changes; change++) {
            int next = change + 1 < changes ? starts[change + 1] : count;
            length += (long) (next - starts[change]) * (width - Math.max(1, widths[change]));
        }
        for (int line = 0; marked && line < count; line++) {
            length += ends[line] - start(line) == END.length ? EMPTY_TEXT.length : 0;
        }
        return Math.toIntExact(length);
    }

    private boolean isComplete(int width) {
        return changes == 0 || (changes == 1 && widths[0] == width);
    }

    /**
     * Writes all lines with this many cells each.
     *
     * @param marked whether an empty line, which readers pass over, is written as an empty text; only where there is one column
     */
    void writeTo(Bytes table, int width, int delimiter, boolean marked) {
        if (isComplete(width) && !(marked && anyEmpty)) {
            table.add(bytes.array(), 0, bytes.length());
            return;
        }
        int change = 0;
        for (int line = 0; line < count; line++) {
            if (change < changes && starts[change] == line) {
                change++;
            }
            int start = start(line);
            int end = ends[line] - END.length;
            table.add(bytes.array(), start, end);
            if (marked && start == end) {
                table.add(EMPTY_TEXT);
            }
            for (int cells = Math.max(1, widths[change - 1]); cells < width; cells++) {
                table.add(delimiter);
            }
            table.add(END);
        }
    }
}
