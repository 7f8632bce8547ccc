package dev.workflow.csv;

import java.util.ArrayDeque;
import java.util.Deque;

/** Turns each record into the product of its arrays: it is gathered first, so that its rows are counted before any is written. */
final class UnwindPass extends CellPass {
    private final Unwinding unwinding;
    private final Deque<Alternatives> open = new ArrayDeque<>();
    private Gathered whole = new Gathered();
    private Gathered current = whole;
    private long rows;
    private boolean unwound;

    UnwindPass(Columns columns, Tally tally, Row row) {
        super(columns, tally, row);
        this.unwinding = new Unwinding(row);
    }

    @Override
    void startRecord() {
        whole = new Gathered();
        current = whole;
        rows = 1;
        unwound = false;
        open.clear();
    }

    @Override
    boolean endRecord() {
        tally.unwind(unwound ? rows : 0);
        if (!tally.fits(rows)) {
            return false;
        }
        boolean written = unwinding.write(whole, columns.width(), () -> tally.fits(0));
        row.clear();
        startRecord();
        return written;
    }

    @Override
    void put(int slot, long cell) {
        current.add(slot, cell);
    }

    @Override
    void enterArray() {
        unwound = true;
        open.push(new Alternatives(current, rows));
    }

    @Override
    void element() {
        current = open.element().next(rows);
        rows = 1;
    }

    /** An array without elements is no array here but a cell, as {@link #empty} is told next. */
    @Override
    void leaveArray() {
        Alternatives array = open.pop();
        current = array.outside();
        rows = array.close(rows);
        if (!array.elements().isEmpty()) {
            current.add(array);
        }
    }
}
