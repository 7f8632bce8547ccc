package dev.workflow.csv;

import org.jspecify.annotations.Nullable;

/** Counts what a table has grown to, and watches its bounds. */
final class Tally {
    private final Columns columns;
    private final Lines lines;
    private long unwoundRows;
    private boolean settled;
    private @Nullable Bound crossed;

    Tally(Columns columns, Lines lines) {
        this.columns = columns;
        this.lines = lines;
    }

    /** The bound that was crossed; null: none. */
    @Nullable Bound crossed() {
        return crossed;
    }

    long unwoundRows() {
        return unwoundRows;
    }

    /** Forgets what came after there were so many. */
    void goBack(long unwoundRowsThen) {
        unwoundRows = unwoundRowsThen;
        crossed = null;
    }

    /** Counts rows that come from a record whose arrays are unwound. */
    void unwind(long rows) {
        unwoundRows += rows;
    }

    /** From now on only that comes which was counted before. */
    void settle() {
        settled = true;
    }

    boolean isSettled() {
        return settled;
    }

    /** Whether this many rows can be written. */
    boolean fits(long moreRows) {
        if (settled) {
            return true;
        }
        crossed = crossedWith(lines.count() + moreRows);
        return crossed == null;
    }

    private @Nullable Bound crossedWith(long rows) {
        if (unwoundRows > Bound.UNWOUND_ROWS.most()) {
            return Bound.UNWOUND_ROWS;
        }
        if (rows * columns.width() > Bound.CELLS.most()) {
            return Bound.CELLS;
        }
        return lines.bytes().length() + columns.headerLength() > Bound.BYTES.most() ? Bound.BYTES : null;
    }
}
