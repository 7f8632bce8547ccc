package dev.workflow.rest.wire;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** What a request and its answer are known by. */
final class RequestIds {
    static final String HEADER = "X-Request-Id";

    private RequestIds() {}

    /** The id that a client sent, if an answer may carry it, or a new one. */
    static String of(@Nullable String sent) {
        return sent != null && !sent.isBlank() && sent.chars().allMatch(RequestIds::isAllowed) ? sent : make();
    }

    static String make() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return HexFormat.of().toHexDigits(random.nextLong()) + HexFormat.of().toHexDigits(random.nextLong());
    }

    /** What RFC 9110 lets the value of a header hold. */
    private static boolean isAllowed(int character) {
        return character == '\t' || (character >= ' ' && character != 0x7F && character <= 0xFF);
    }
}
