package dev.workflow.csv;

/** Turns each record into one row. */
final class RowPass extends Visitor {
    private final Columns columns;
    private final Tally tally;
    private final Row row;

    RowPass(Columns columns, Tally tally, Row row) {
        this.columns = columns;
        this.tally = tally;
        this.row = row;
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
    void cell(Path path, JsonTokens tokens) {
        int slot = columns.slot(path);
        if (slot < 0) {
            tokens.skip();
        } else {
            row.put(slot, row.reader().read(tokens));
        }
    }

    @Override
    void empty(Path path, String text) {
        int slot = columns.slot(path);
        if (slot >= 0) {
            row.put(slot, row.reader().make(text));
        }
    }

    @Override
    boolean member(Path path, JsonTokens name, long object) {
        return path.isFirstIn(object);
    }
}
