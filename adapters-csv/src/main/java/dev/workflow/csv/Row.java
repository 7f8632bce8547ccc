package dev.workflow.csv;

import dev.workflow.domain.csv.CsvDialect;
import dev.workflow.domain.csv.CsvQuotes;
import dev.workflow.domain.csv.CsvQuotes.Place;
import java.util.Arrays;
import java.util.List;

/** The row that is being put together. Its first cells are those of the workflow and stay for all rows of a document. */
final class Row {
    private static final int MOST_CELLS_KEPT = 1000;

    private final Lines lines;
    private final boolean underHeader;
    private final char delimiter;
    private final CellWriter writer;
    private final Bytes made = new Bytes(64);
    private final CellReader reader;

    private byte[] sent = {};
    private long[] cells = new long[16];
    private int used;
    private int fixed;
    private int fixedBytes;

    Row(Lines lines, CsvDialect dialect) {
        this.lines = lines;
        this.underHeader = dialect.header();
        this.delimiter = dialect.delimiter();
        CsvQuotes quotes = CsvQuotes.with(delimiter);
        this.writer = new CellWriter(lines.bytes(), quotes, dialect.nullText());
        this.reader = new CellReader(dialect.safe(), quotes, made);
    }

    /** Makes the cells that are put here. */
    CellReader reader() {
        return reader;
    }

    void startDocument(byte[] json, List<String> first) {
        sent = json;
        fixed = 0;
        fixedBytes = 0;
        clear();
        for (int i = 0; i < first.size(); i++) {
            put(i, reader.make(first.get(i)));
        }
        fixed = first.size();
        fixedBytes = made.length();
    }

    void put(int slot, long cell) {
        if (slot >= cells.length) {
            cells = Arrays.copyOf(cells, Math.max(slot + 1, cells.length * 2));
        }
        cells[slot] = cell;
        used = Math.max(used, slot + 1);
    }

    /** Writes the row with this many cells; it stays as it is. */
    void write(int width) {
        Place place = underHeader || lines.count() > 0 ? Place.LINE_START : Place.FILE_START;
        for (int slot = 0; slot < width; slot++) {
            if (slot > 0) {
                lines.bytes().add(delimiter);
            }
            write(slot < used ? cells[slot] : Cell.MISSING, place);
            place = Place.WITHIN_LINE;
        }
        lines.end(width);
    }

    private void write(long cell, Place place) {
        if (cell == Cell.NULL) {
            writer.writeNull(place);
        } else if (Cell.isBare(cell)) {
            writer.writeBare(sent, Cell.start(cell), Cell.end(cell), place);
        } else if (cell != Cell.MISSING) {
            writer.write(Cell.isMade(cell) ? made.array() : sent, Cell.start(cell), Cell.end(cell), place);
        }
    }

    boolean isSmall() {
        return made.isSmall() && cells.length <= MOST_CELLS_KEPT;
    }

    /** Forgets the cells of the record: those that it has, since once there may have been very many. */
    void clear() {
        Arrays.fill(cells, fixed, Math.max(fixed, used), Cell.MISSING);
        used = fixed;
        made.cutTo(fixedBytes);
    }
}
