package dev.workflow.csv;

import dev.workflow.csv.Walk.Ending;
import dev.workflow.domain.Utf8Text;
import dev.workflow.domain.csv.CsvArrays;
import dev.workflow.domain.csv.CsvOptions;
import dev.workflow.domain.csv.CsvQuotes;
import dev.workflow.domain.csv.CsvQuotes.Place;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One table that documents are added to. What a document is shows only on the way: when it is not what it was taken for, or does
 * not fit, what it has added is taken back.
 */
final class Table {
    private static final int MOST_PLACES_KEPT = 1000;
    /** A document has at most half a million; beyond this number, no second one with as many is added. */
    private static final int MANY_PLACES = 100_000;
    /** A longer header is measured first and written when it is known how large the table is. */
    private static final int LONG_HEADER = 1 << 20;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final CsvOptions options;
    private final Columns columns;
    private final Lines lines;
    private final Tally tally;
    private final Row row;
    private final Walk walk;
    private final List<Document> documents = new ArrayList<>(1);

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
                documents.add(document);
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
        documents.clear();
        columns.keep(0);
        lines.keep(0);
        tally.goBack(0);
    }

    /** Whether it holds little enough to be kept for the next one. */
    boolean isSmall() {
        return !tally.isSettled()
                && columns.places() <= MOST_PLACES_KEPT
                && row.isSmall()
                && lines.bytes().isSmall();
    }

    /** Whether it knows so many places that another document may be too much, be it in few rows. */
    boolean isCrowded() {
        return columns.places() > MANY_PLACES;
    }

    CsvOptions options() {
        return options;
    }

    int columnsOmitted() {
        return columns.omitted();
    }

    /**
     * The whole text; nothing may be added afterwards.
     *
     * @throws NoRoom when it would be one too many
     */
    Utf8Text text(LivingTexts texts) {
        int width = columns.width();
        Bytes start = new Bytes(128, LONG_HEADER);
        writeStart(start, width);
        if (width == 0) {
            return Utf8Text.ofBytes(start.toArray());
        }
        boolean marked = width == 1 && options.dialect().nullText() == null;
        byte[] whole = texts.allocate(Math.addExact(start.length(), lines.length(width, marked)));
        Bytes table = new Bytes(0, whole.length);
        table.goOnIn(whole, 0);
        if (start.areKept()) {
            table.add(start.array(), 0, start.length());
        } else {
            writeStart(table, width);
        }
        if (lines.areKept()) {
            lines.writeTo(table, width, options.dialect().delimiter(), marked);
        } else {
            table = writeOnceMore(whole, table.length(), marked);
        }
        if (!table.areKept() || table.length() != whole.length) {
            throw new IllegalStateException("The table was measured wrongly.");
        }
        return Utf8Text.ofBytes(whole);
    }

    /**
     * Goes through all documents again, now that all columns are known. It costs less memory than lines that grow while they are
     * written: a large text is made where it stays, and nowhere else.
     */
    private Bytes writeOnceMore(byte[] whole, int at, boolean marked) {
        lines.startOver(whole, at, marked);
        tally.settle();
        for (Document document : documents) {
            int before = lines.count();
            row.startDocument(document.json, WorkflowCells.of(document.workflow, options.with()));
            if (walk.through(document) != Ending.COMPLETE || !isFinished(before)) {
                throw new IllegalStateException("The document is not what it was.");
            }
        }
        return lines.bytes();
    }

    private void writeStart(Bytes to, int width) {
        if (options.dialect().bom()) {
            to.add(BYTE_ORDER_MARK);
        }
        if (width > 0 && options.dialect().header()) {
            writeHeader(to, width);
        }
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
