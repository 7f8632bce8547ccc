package dev.workflow.rest.json;

import com.fasterxml.jackson.core.JsonStreamContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** JSON pointers (RFC 6901) in the form of URI fragments. */
final class JsonPointers {
    /** Points at all of a body. */
    static final String WHOLE = "#";

    /** Names may be as long as a body; a pointer to something too far away points at what holds it. */
    private static final int MAX_LENGTH = 1000;

    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final String UNESCAPED = "-._~!$&'()*+,;=:@?";

    private JsonPointers() {}

    /**
     * Points at where {@code context} is, or at the nearest of what holds it that can be pointed at: not every name has an
     * encoding, and not every one is short.
     */
    static String of(@Nullable JsonStreamContext context) {
        Deque<JsonStreamContext> path = new ArrayDeque<>();
        for (JsonStreamContext each = context; each != null && !each.inRoot(); each = each.getParent()) {
            path.addFirst(each);
        }
        StringBuilder pointer = new StringBuilder(WHOLE);
        for (JsonStreamContext each : path) {
            String segment = segment(each);
            if (segment == null || pointer.length() + segment.length() > MAX_LENGTH) {
                break;
            }
            pointer.append(segment);
        }
        return pointer.toString();
    }

    /** Null for a name with half of a surrogate pair, which UTF-8 cannot spell. */
    private static @Nullable String segment(JsonStreamContext context) {
        if (context.inArray()) {
            return context.hasCurrentIndex() ? "/" + context.getCurrentIndex() : "";
        }
        String name = context.getCurrentName();
        if (name == null) {
            return "";
        }
        return StandardCharsets.UTF_8.newEncoder().canEncode(name) ? "/" + escape(name) : null;
    }

    private static String escape(String name) {
        StringBuilder escaped = new StringBuilder();
        for (byte each : name.replace("~", "~0").replace("/", "~1").getBytes(StandardCharsets.UTF_8)) {
            if (isPlain((char) each)) {
                escaped.append((char) each);
            } else {
                escaped.append('%').append(HEX.toHexDigits(each));
            }
        }
        return escaped.toString();
    }

    private static boolean isPlain(char each) {
        return each < 0x80 && (Character.isLetterOrDigit(each) || UNESCAPED.indexOf(each) >= 0);
    }
}
