package dev.workflow.csv;

import dev.workflow.domain.csv.CsvOptions;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * New tables. A small one that is done with is kept and made new again, one at most for each of a few threads: consumers mostly
 * ask for the same columns again, and for one short record, setting up a table costs more than writing it.
 */
final class Tables {
    private static final int KEPT = 8;

    private final AtomicReferenceArray<Table> kept = new AtomicReferenceArray<>(KEPT);

    Table take(CsvOptions options, int expectedBytes) {
        if (!Capacity.isSmall(expectedBytes)) {
            // what another table knew must have no say in where a crowded one ends
            return new Table(options, expectedBytes);
        }
        Table table = kept.getAndSet(place(), null);
        return table != null && table.options().equals(options) ? table : new Table(options, expectedBytes);
    }

    /** The caller must not use the table, or anything it gave out but texts, any more. */
    void giveBack(Table table) {
        if (table.isSmall()) {
            table.clear();
            kept.set(place(), table);
        }
    }

    private static int place() {
        return (int) Thread.currentThread().threadId() & (KEPT - 1);
    }
}
