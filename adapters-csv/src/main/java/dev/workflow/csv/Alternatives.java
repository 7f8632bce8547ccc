package dev.workflow.csv;

import java.util.ArrayList;
import java.util.List;

/** The elements of an array that is unwound: each row has one of them. */
final class Alternatives {
    /** Counts stop here, far above any bound, and far below where a product of two would overflow. */
    private static final long MANY = 1L << 31;

    private final Gathered outside;
    private final long rowsOutside;
    private final List<Gathered> elements = new ArrayList<>();
    private long rows;

    /**
     * An array that was just opened.
     *
     * @param outside what it is part of
     * @param rowsOutside how many rows that has so far
     */
    Alternatives(Gathered outside, long rowsOutside) {
        this.outside = outside;
        this.rowsOutside = rowsOutside;
    }

    Gathered outside() {
        return outside;
    }

    List<Gathered> elements() {
        return elements;
    }

    /** Starts an element, and counts the one before it, if there is one, which has become so many rows. */
    Gathered next(long rowsOfLast) {
        rows = rowsWith(rowsOfLast);
        Gathered element = new Gathered();
        elements.add(element);
        return element;
    }

    /** How many rows what is outside has with this array: an empty one changes nothing. */
    long close(long rowsOfLast) {
        return elements.isEmpty() ? rowsOutside : Math.min(rowsOutside * rowsWith(rowsOfLast), MANY);
    }

    private long rowsWith(long rowsOfLast) {
        return elements.isEmpty() ? 0 : Math.min(rows + rowsOfLast, MANY);
    }
}
