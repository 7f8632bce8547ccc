package dev.workflow.csv;

/** Texts that a spreadsheet would run instead of show. A leading apostrophe keeps it from that. */
final class Formulas {
    static final char DISARMING = '\'';

    private Formulas() {}

    /** Whether a text that starts with this character, or byte of UTF-8, would be run. */
    static boolean isStartedBy(int first) {
        return switch (first) {
            case '=', '+', '-', '@', '\t', '\r', '\n' -> true;
            default -> false;
        };
    }

    static String disarm(String text) {
        return !text.isEmpty() && isStartedBy(text.charAt(0)) ? DISARMING + text : text;
    }
}
