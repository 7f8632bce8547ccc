package dev.workflow.rest.wire;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The ids of the requests of one connection that are not answered yet, in their order. */
final class RequestIds {
    static final String HEADER = "X-Request-Id";

    private static final int MAX_LENGTH = 128;

    private final Deque<String> unanswered = new ArrayDeque<>(2);

    /** Takes the id that a client sent, as far as it is fit for logs and headers, or makes one. */
    String enter(@Nullable String sent) {
        String id = sent == null ? "" : sanitise(sent);
        if (id.isEmpty()) {
            id = make();
        }
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

    private static String sanitise(String sent) {
        if (sent.length() <= MAX_LENGTH && sent.chars().allMatch(RequestIds::isVisible)) {
            return sent;
        }
        StringBuilder visible = new StringBuilder();
        sent.chars().filter(RequestIds::isVisible).limit(MAX_LENGTH).forEach(each -> visible.append((char) each));
        return visible.toString();
    }

    private static boolean isVisible(int character) {
        return character > ' ' && character < 0x7F;
    }
}
