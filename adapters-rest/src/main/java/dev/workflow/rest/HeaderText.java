package dev.workflow.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The shapes that header values share (RFC 9110, section 5.6): lists and parameters, in which quotes hide separators. */
final class HeaderText {
    /** Grammar allows no white space beside the sign, but the meaning is plain. */
    private static final Pattern EQUALS = Pattern.compile("\\s*=\\s*");

    private HeaderText() {}

    /** The elements of a comma-separated list, without those that are empty. */
    static List<String> elements(String value) {
        List<String> elements = split(value, ',');
        elements.removeIf(String::isEmpty);
        return elements;
    }

    /** A value and its parameters, which semicolons separate. */
    static List<String> parts(String element) {
        List<String> parts = split(element, ';');
        parts.replaceAll(each -> EQUALS.matcher(each).replaceFirst("="));
        return parts;
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
