package dev.workflow.csv;

import dev.workflow.domain.csv.CsvFallback;

/** What a table may not be larger than: a megabyte of JSON can ask for gigabytes. */
enum Bound {
    UNWOUND_ROWS(100_000, CsvFallback.UNWIND, "more than 100,000 rows from unwinding"),
    CELLS(5_000_000, CsvFallback.CELLS, "more than 5,000,000 cells"),
    /** Few rows and cells are enough when what they repeat is long. */
    BYTES(64 << 20, CsvFallback.CELLS, "more than 64 MiB");

    private final int most;
    private final CsvFallback fallback;
    private final String excess;

    Bound(int most, CsvFallback fallback, String excess) {
        this.most = most;
        this.fallback = fallback;
        this.excess = excess;
    }

    int most() {
        return most;
    }

    CsvFallback fallback() {
        return fallback;
    }

    /** Fit for the one who asked for the table. */
    String detail() {
        return "The table would have " + excess + ".";
    }
}
