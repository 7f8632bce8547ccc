package dev.workflow.csv;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes cells: as they are where nothing asks for quotes, which is most of them, and else as {@link Quoting} has them. Going
 * through the library with every cell would make a flat record cost twice as much (docs/adr/0005).
 */
final class CellWriter {
    /** Where a cell stands: readers look at the start of a file and of a line in ways of their own. */
    enum Place {
        FILE_START,
        LINE_START,
        WITHIN_LINE
    }

    /** Where COPY of PostgreSQL stops reading. */
    private static final byte[] END_OF_COPY = {'\\', '.'};

    private final Bytes to;
    private final SpecialBytes special;
    private final byte @Nullable [] nullText;
    private @Nullable Quoting quoting;

    /** @param nullText what a null is written as; null: nothing */
    CellWriter(Bytes to, SpecialBytes special, @Nullable String nullText) {
        this.to = to;
        this.special = special;
        this.nullText = nullText == null ? null : nullText.getBytes(StandardCharsets.UTF_8);
    }

    /** Writes a text of which it is not known whether it asks for quotes. Only a null's own text may look like a null. */
    void write(byte[] text, int start, int end, Place place) {
        if (special.isIn(text, start, end)) {
            quote(text, start, end);
        } else {
            writeBare(text, start, end, place);
        }
    }

    /** Writes a text without special bytes. */
    void writeBare(byte[] text, int start, int end, Place place) {
        if (start == end || isMisread(text, start, end, place) || isNull(text, start, end)) {
            quote(text, start, end);
        } else {
            to.add(text, start, end);
        }
    }

    void writeNull(Place place) {
        if (nullText != null && nullText.length > 0) {
            if (isMisread(nullText, 0, nullText.length, place)) {
                quote(nullText, 0, nullText.length);
            } else {
                to.add(nullText, 0, nullText.length);
            }
        }
    }

    /** Whether some reader would take the cell for something else than its text. */
    private static boolean isMisread(byte[] text, int start, int end, Place place) {
        if (place != Place.WITHIN_LINE && text[start] == '#') {
            return true;
        }
        if (place == Place.FILE_START && text[start] == 'I' && end - start > 1 && text[start + 1] == 'D') {
            return true;
        }
        return text[start] == '\\' && equals(text, start, end, END_OF_COPY);
    }

    private boolean isNull(byte[] text, int start, int end) {
        return nullText != null && equals(text, start, end, nullText);
    }

    private static boolean equals(byte[] text, int start, int end, byte[] other) {
        return end - start == other.length && Arrays.equals(text, start, end, other, 0, other.length);
    }

    private void quote(byte[] text, int start, int end) {
        if (quoting == null) {
            quoting = new Quoting();
        }
        byte[] quoted = quoting.quoted(text, start, end);
        to.add(quoted, 0, quoted.length);
    }
}
