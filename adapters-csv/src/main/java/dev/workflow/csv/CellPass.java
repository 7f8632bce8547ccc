package dev.workflow.csv;

/** Turns each record into rows: makes its cells, and puts each where its column says. */
abstract class CellPass extends Visitor {
    final Columns columns;
    final Tally tally;
    final Row row;

    CellPass(Columns columns, Tally tally, Row row) {
        this.columns = columns;
        this.tally = tally;
        this.row = row;
    }

    abstract void put(int slot, long cell);

    @Override
    final void cell(Path path, JsonTokens tokens) {
        int slot = columns.slot(path);
        if (slot < 0) {
            tokens.skip();
        } else {
            put(slot, row.reader().read(tokens));
        }
    }

    @Override
    final void empty(Path path, String text) {
        int slot = columns.slot(path);
        if (slot >= 0) {
            put(slot, row.reader().make(text));
        }
    }

    @Override
    final boolean member(Path path, JsonTokens name, long object) {
        return path.isFirstIn(object);
    }
}
