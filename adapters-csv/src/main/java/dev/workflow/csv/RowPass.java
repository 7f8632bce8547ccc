package dev.workflow.csv;

/** Turns each record into one row. */
final class RowPass extends CellPass {
    RowPass(Columns columns, Tally tally, Row row) {
        super(columns, tally, row);
    }

    @Override
    boolean endRecord() {
        if (!tally.fits(1)) {
            return false;
        }
        row.write(columns.width());
        row.clear();
        return true;
    }

    @Override
    void put(int slot, long cell) {
        row.put(slot, cell);
    }
}
