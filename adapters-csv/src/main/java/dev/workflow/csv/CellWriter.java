package dev.workflow.csv;

import dev.workflow.domain.csv.CsvQuotes;
import dev.workflow.domain.csv.CsvQuotes.Place;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes cells: as they are where nothing asks for quotes, which is most of them, and else as {@link Quoting} has them. Going
 * through the library with every cell would make a flat record cost twice as much (docs/adr/0005).
 */
final class CellWriter {
    private final Bytes to;
    private final CsvQuotes quotes;
    private final byte @Nullable [] nullText;
    private @Nullable Quoting quoting;

    /** @param nullText what a null is written as; null: nothing */
    CellWriter(Bytes to, CsvQuotes quotes, @Nullable String nullText) {
        this.to = to;
        this.quotes = quotes;
        this.nullText = nullText == null ? null : nullText.getBytes(StandardCharsets.UTF_8);
    }

    /** Writes a text of which it is not known whether it asks for quotes. Only a null's own text may look like a null. */
    void write(byte[] text, int start, int end, Place place) {
        if (quotes.areAskedForIn(text, start, end)) {
            quote(text, start, end);
        } else {
            writeBare(text, start, end, place);
        }
    }

    /** Writes a text without special bytes. */
    void writeBare(byte[] text, int start, int end, Place place) {
        if (CsvQuotes.isMisread(text, start, end, place) || isNull(text, start, end)) {
            quote(text, start, end);
        } else {
            to.add(text, start, end);
        }
    }

    void writeNull(Place place) {
        if (nullText != null && nullText.length > 0) {
            if (CsvQuotes.isMisread(nullText, 0, nullText.length, place)) {
                quote(nullText, 0, nullText.length);
            } else {
                to.add(nullText);
            }
        }
    }

    private boolean isNull(byte[] text, int start, int end) {
        return nullText != null
                && end - start == nullText.length
                && Arrays.equals(text, start, end, nullText, 0, nullText.length);
    }

    private void quote(byte[] text, int start, int end) {
        if (quoting == null) {
            quoting = new Quoting();
        }
        to.add(quoting.quoted(text, start, end));
    }
}
