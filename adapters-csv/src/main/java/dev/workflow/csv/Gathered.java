package dev.workflow.csv;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cells that stand in a row together, with the arrays beside them that make it several: a record before it is unwound, or what
 * an element of an array adds to it.
 */
final class Gathered {
    /** The first of a chain; the order of cells does not matter here. */
    private @Nullable Link cells;

    private @Nullable List<Alternatives> arrays;

    void add(int slot, long cell) {
        cells = new Link(slot, cell, cells);
    }

    void add(Alternatives array) {
        if (arrays == null) {
            arrays = new ArrayList<>(1);
        }
        arrays.add(array);
    }

    List<Alternatives> arrays() {
        return arrays == null ? List.of() : arrays;
    }

    void putInto(Row row) {
        for (Link link = cells; link != null; link = link.next) {
            row.put(link.slot, link.cell);
        }
    }

    void takeOutOf(Row row) {
        for (Link link = cells; link != null; link = link.next) {
            row.put(link.slot, Cell.MISSING);
        }
    }

    private record Link(int slot, long cell, @Nullable Link next) {}
}
