package dev.workflow.rest.json;

/** JSON text as it was sent, but for the white space between its tokens. */
final class CompactJson {
    private CompactJson() {}

    /** @param json known to be valid */
    static void write(byte[] json, JsonBytes out) {
        int kept = 0;
        for (int at = 0; at < json.length; at++) {
            if (json[at] == '"') {
                at = endOfString(json, at);
            } else if (isSpace(json[at])) {
                out.raw(json, kept, at);
                kept = at + 1;
            }
        }
        out.raw(json, kept, json.length);
    }

    private static boolean isSpace(byte each) {
        return each == ' ' || each == '\n' || each == '\r' || each == '\t';
    }

    /** Where the string that starts at {@code quote} has its other quote. */
    private static int endOfString(byte[] json, int quote) {
        int at = quote + 1;
        while (json[at] != '"') {
            at += json[at] == '\\' ? 2 : 1;
        }
        return at;
    }
}
