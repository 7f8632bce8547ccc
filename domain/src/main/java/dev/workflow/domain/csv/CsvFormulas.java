package dev.workflow.domain.csv;

/** Texts that a spreadsheet would run instead of show. A leading apostrophe keeps it from that. */
public final class CsvFormulas {
    private static final char DISARMING = '\'';

    private CsvFormulas() {}

    /** Whether a text that starts with this character, or byte of UTF-8, would be run. */
    public static boolean isStartedBy(int first) {
        return switch (first) {
            case '=', '+', '-', '@', '\t', '\r', '\n' -> true;
            default -> false;
        };
    }

    public static String disarm(String text) {
        return !text.isEmpty() && isStartedBy(text.charAt(0)) ? DISARMING + text : text;
    }
}
