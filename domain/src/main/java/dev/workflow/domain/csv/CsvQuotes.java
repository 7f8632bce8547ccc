package dev.workflow.domain.csv;

import java.util.Arrays;

/**
 * When a text is quoted as a cell: when it has a byte that would end it, or when some reader would take it for something else
 * than its text. What a null is written as is for whoever writes it to tell apart.
 */
public final class CsvQuotes {
    /** Where a cell stands: readers look at the start of a file and of a line in ways of their own. */
    public enum Place {
        FILE_START,
        LINE_START,
        WITHIN_LINE
    }

    /** Where COPY of PostgreSQL stops reading. */
    private static final byte[] END_OF_COPY = {'\\', '.'};

    private static final CsvQuotes WITH_COMMA = new CsvQuotes(',');

    private final boolean[] special = new boolean[256];
    private final boolean inNumbers;

    private CsvQuotes(char delimiter) {
        for (char c : new char[] {delimiter, '"', '\r', '\n'}) {
            special[c] = true;
        }
        inNumbers = "+-.".indexOf(delimiter) >= 0;
    }

    public static CsvQuotes with(char delimiter) {
        return delimiter == ',' ? WITH_COMMA : new CsvQuotes(delimiter);
    }

    public boolean areNeeded(byte[] text, int start, int end, Place place) {
        return areAskedForIn(text, start, end) || isMisread(text, start, end, place);
    }

    /** Whether a number may have such a byte. Other scalars are of letters, which are none. */
    public boolean mayBeInNumbers() {
        return inNumbers;
    }

    /** Whether a cell has a byte that it must not have without quotes: a quote, an end of a line, or the delimiter. */
    public boolean areAskedForIn(byte[] text, int start, int end) {
        for (int at = start; at < end; at++) {
            if (special[text[at] & 0xFF]) {
                return true;
            }
        }
        return false;
    }

    /** Whether some reader would take a text without such bytes for something else; nothing at all would be a null. */
    public static boolean isMisread(byte[] text, int start, int end, Place place) {
        if (start == end || (place != Place.WITHIN_LINE && text[start] == '#')) {
            return true;
        }
        if (place == Place.FILE_START && text[start] == 'I' && end - start > 1 && text[start + 1] == 'D') {
            return true;
        }
        return end - start == END_OF_COPY.length && Arrays.equals(text, start, end, END_OF_COPY, 0, END_OF_COPY.length);
    }
}
