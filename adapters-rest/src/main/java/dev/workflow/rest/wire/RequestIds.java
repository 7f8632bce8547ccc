package dev.workflow.rest.wire;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The ids of the requests of one connection that are not answered yet, in their order. */
final class RequestIds {
    static final String HEADER = "X-Request-Id";

    private final Deque<String> unanswered = new ArrayDeque<>(2);

    /** Takes the id that a client sent, if an answer may carry it, or makes one. */
    String enter(@Nullable String sent) {
        String id = sent != null && !sent.isBlank() && sent.chars().allMatch(RequestIds::isAllowed) ? sent : make();
        unanswered.addLast(id);
        return id;
    }

    /** The id of the request that is answered next. */
    String next() {
        String id = unanswered.pollFirst();
        return id == null ? make() : id;
    }

    private static String make() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return HexFormat.of().toHexDigits(random.nextLong()) + HexFormat.of().toHexDigits(random.nextLong());
    }

    /** What RFC 9110 lets the value of a header hold. */
    private static boolean isAllowed(int character) {
        return character == '\t' || (character >= ' ' && character != 0x7F && character <= 0xFF);
    }
}
