package dev.workflow.csv;

import dev.workflow.csv.Walk.Ending;
import dev.workflow.domain.CsvArrays;
import dev.workflow.domain.CsvDialect;
import dev.workflow.domain.CsvOptions;
import dev.workflow.domain.CsvQuotes;
import dev.workflow.domain.CsvQuotes.Place;
import dev.workflow.domain.Utf8Text;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One table that documents are added to. What a document is shows only on the way: when it is not what it was taken for, or does
 * not fit, what it has added is taken back.
 */
final class Table {
    private static final int MOST_PLACES_KEPT = 1000;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final CsvOptions options;
    private final Columns columns;
    private final Lines lines;
    private final Tally tally;
    private final Row row;
    private final Walk walk;

    Table(CsvOptions options, int expectedBytes) {
        this.options = options;
        this.columns = new Columns(options);
        this.lines = new Lines(expectedBytes);
        this.tally = new Tally(columns, lines);
        this.row = new Row(lines, options.dialect());
        boolean unwinding = options.shape().arrays() == CsvArrays.UNWIND;
        Visitor visitor = unwinding ? new UnwindPass(columns, tally, row) : new RowPass(columns, tally, row);
        this.walk = new Walk(options.shape(), columns, visitor);
    }

    /** Adds a document if the table stays within its bounds, or answers with the one that it would cross. */
    @Nullable Bound add(Document document) {
        int knownColumns = columns.found();
        int knownLines = lines.count();
        long knownUnwound = tally.unwoundRows();
        while (true) {
            row.startDocument(document.json, WorkflowCells.of(document.workflow, options.with()));
            Ending ending = walk.through(document);
            if (ending == Ending.COMPLETE && isFinished(knownLines)) {
                return null;
            }
            Bound crossed = tally.crossed();
            columns.keep(knownColumns);
            lines.keep(knownLines);
            tally.goBack(knownUnwound);
            if (crossed != null && !document.isMistaken()) {
                return crossed;
            }
            learn(crossed == null ? ending : Ending.MIXED, document);
        }
    }

    /** A workflow whose members are written has a row even when its data has none. */
    private boolean isFinished(int linesBefore) {
        boolean lacksRow = lines.count() == linesBefore && !options.with().isEmpty();
        if (!tally.fits(lacksRow ? 1 : 0)) {
            return false;
        }
        if (lacksRow) {
            row.write(columns.width());
        }
        return true;
    }

    private void learn(Ending ending, Document document) {
        Ending why = ending == Ending.STOPPED ? UniqueMembers.rewrite(document, options.shape(), columns) : ending;
        if (why == Ending.MIXED) {
            document.form = Document.Form.VALUES;
        }
    }

    /** Makes it a new table again, which knows places and has room already, but holds no document. */
    void clear() {
        row.startDocument(new byte[0], List.of());
        columns.keep(0);
        lines.keep(0);
        tally.goBack(0);
    }

    /** Whether it holds little enough to be kept for the next one. */
    boolean isSmall() {
        return columns.places() <= MOST_PLACES_KEPT
                && row.isSmall()
                && lines.bytes().isSmall();
    }

    CsvOptions options() {
        return options;
    }

    int columnsOmitted() {
        return columns.omitted();
    }

    Utf8Text text() {
        Bytes start = new Bytes(128);
        if (options.dialect().bom()) {
            start.add(BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
        }
        int width = columns.width();
        if (width == 0) {
            return Utf8Text.ofBytes(start.toArray());
        }
        if (options.dialect().header()) {
            writeHeader(start, width);
        }
        Bytes whole = new Bytes(start.length() + lines.bytes().length());
        whole.add(start.array(), 0, start.length());
        CsvDialect dialect = options.dialect();
        lines.writeTo(whole, width, dialect.delimiter(), width == 1 && dialect.nullText() == null);
        return Utf8Text.ofBytes(whole.toArray());
    }

    private void writeHeader(Bytes to, int width) {
        CellWriter writer = new CellWriter(to, CsvQuotes.with(options.dialect().delimiter()), null);
        for (int slot = 0; slot < width; slot++) {
            if (slot > 0) {
                to.add(options.dialect().delimiter());
            }
            byte[] name = header(slot).getBytes(StandardCharsets.UTF_8);
            writer.write(name, 0, name.length, slot == 0 ? Place.FILE_START : Place.WITHIN_LINE);
        }
        to.add('\r');
        to.add('\n');
    }

    private String header(int slot) {
        int fixed = options.with().size();
        return slot < fixed ? options.with().get(slot).column() : columns.header(slot);
    }
}
