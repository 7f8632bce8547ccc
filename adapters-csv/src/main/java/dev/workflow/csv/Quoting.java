package dev.workflow.csv;

import com.univocity.parsers.csv.CsvWriter;
import com.univocity.parsers.csv.CsvWriterSettings;
import java.nio.charset.StandardCharsets;

/**
 * Cells in quotes, as univocity writes them. As it comes, the library would trim them, change their line ends and leave quotes
 * within them bare.
 */
final class Quoting {
    /** Buffers grow from here; the library's own start is for files. */
    private static final int BUFFER_CHARS = 256;

    /** Never changed, so that writers on all threads share it. */
    private static final CsvWriterSettings EXACT = exact();

    private final CsvWriter writer = new CsvWriter(EXACT);

    private static CsvWriterSettings exact() {
        CsvWriterSettings settings = new CsvWriterSettings();
        settings.setAutoConfigurationEnabled(false);
        settings.setIgnoreLeadingWhitespaces(false);
        settings.setIgnoreTrailingWhitespaces(false);
        settings.setSkipEmptyLines(false);
        settings.setNormalizeLineEndingsWithinQuotes(false);
        settings.setQuoteEscapingEnabled(true);
        settings.setQuoteAllFields(true);
        settings.setEmptyValue("\"\"");
        settings.getFormat().setLineSeparator("\r\n");
        settings.getFormat().setComment('\0');
        settings.setMaxCharsPerColumn(BUFFER_CHARS);
        settings.setMaxColumns(1);
        return settings;
    }

    byte[] quoted(byte[] text, int start, int end) {
        String cell = new String(text, start, end - start, StandardCharsets.UTF_8);
        return writer.writeRowToString(cell).getBytes(StandardCharsets.UTF_8);
    }
}
