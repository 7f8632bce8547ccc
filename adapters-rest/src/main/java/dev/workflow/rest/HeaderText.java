package dev.workflow.rest;

import java.util.ArrayList;
import java.util.List;

/** The shapes that header values share (RFC 9110, section 5.6): lists and parameters, in which quotes hide separators. */
final class HeaderText {
    private HeaderText() {}

    /** The elements of a comma-separated list, without those that are empty. */
    static List<String> elements(String value) {
        List<String> elements = split(value, ',');
        elements.removeIf(String::isEmpty);
        return elements;
    }

    /** A value and its parameters, which semicolons separate. */
    static List<String> parts(String element) {
        return split(element, ';');
    }

    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (each == '"') {
                quoted = !quoted;
            } else if (each == '\\' && quoted) {
                i++;
            } else if (each == separator && !quoted) {
                parts.add(text.substring(start, i).strip());
                start = i + 1;
            }
        }
        parts.add(text.substring(start).strip());
        return parts;
    }
}
