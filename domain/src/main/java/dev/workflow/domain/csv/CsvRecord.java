package dev.workflow.domain.csv;

import java.util.ArrayList;
import java.util.List;

/**
 * One comma-separated record of RFC 4180. A field without any character is no name: the column whose name is empty is spelled
 * {@code ""}.
 */
final class CsvRecord {
    private final String text;
    private final List<String> fields = new ArrayList<>();
    private int at;

    private CsvRecord(String text) {
        this.text = text;
    }

    /** The fields; none when {@code text} is not one whole record. */
    static List<String> parse(String text) {
        CsvRecord csvRecord = new CsvRecord(text);
        return csvRecord.readAll() ? csvRecord.fields : List.of();
    }

    private boolean readAll() {
        while (readField()) {
            if (at == text.length()) {
                return true;
            }
            if (text.charAt(at++) != ',') {
                return false;
            }
        }
        return false;
    }

    private boolean readField() {
        return text.startsWith("\"", at) ? readQuoted() : readBare();
    }

    private boolean readBare() {
        int start = at;
        while (at < text.length() && text.charAt(at) != ',') {
            if ("\"\r\n".indexOf(text.charAt(at)) >= 0) {
                return false;
            }
            at++;
        }
        fields.add(text.substring(start, at));
        return at > start;
    }

    private boolean readQuoted() {
        StringBuilder field = new StringBuilder();
        at++;
        while (true) {
            int quote = text.indexOf('"', at);
            if (quote < 0) {
                return false;
            }
            field.append(text, at, quote);
            at = quote + 1;
            if (!text.startsWith("\"", at)) {
                fields.add(field.toString());
                return true;
            }
            field.append('"');
            at++;
        }
    }
}
