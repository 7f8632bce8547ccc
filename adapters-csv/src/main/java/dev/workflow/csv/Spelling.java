package dev.workflow.csv;

import dev.workflow.domain.csv.CsvArrays;
import dev.workflow.domain.csv.CsvShape;

/**
 * How the names of members are spelled in the header, so that different places get different names.
 *
 * @param separator stands between the names of nested members
 * @param escapes whether separators inside names are marked; without flattening names stay as sent
 * @param brackets whether columns end in indexes, so that a bracket inside a name is marked too
 */
record Spelling(String separator, boolean escapes, boolean brackets) {
    static Spelling of(CsvShape shape) {
        return new Spelling(shape.separator(), shape.flatten(), shape.arrays() == CsvArrays.INDEX);
    }

    String escape(String name) {
        return escapes && needsMarks(name) ? mark(name) : name;
    }

    private boolean needsMarks(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '\\' || c == separator.charAt(0) || c == '[') {
                return true;
            }
        }
        return false;
    }

    /** The backslash first, or those that mark the others would be marked again. */
    private String mark(String name) {
        String marked = name.replace("\\", "\\\\").replace(separator, "\\" + separator);
        return brackets ? marked.replace("[", "\\[") : marked;
    }
}
