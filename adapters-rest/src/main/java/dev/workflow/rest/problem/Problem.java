package dev.workflow.rest.problem;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What went wrong with one request.
 *
 * @param detail one sentence for the one who sent it
 * @param errors what is wrong with the body, place by place; empty when it is not about the body
 * @param headers beside those of every problem
 */
public record Problem(ProblemType type, String detail, List<Place> errors, Map<String, String> headers) {
    /** Soon, since outages of a pool or a leader are short. */
    private static final String RETRY_AFTER_SECONDS = "1";

    /**
     * A place in the body.
     *
     * @param pointer a JSON pointer as a URI fragment
     */
    public record Place(String pointer, String detail) {}

    public Problem {
        errors = List.copyOf(errors);
    }

    public static Problem of(ProblemType type, String detail) {
        return of(type, detail, List.of());
    }

    public static Problem of(ProblemType type, String detail, List<Place> errors) {
        return new Problem(type, detail, errors, Map.of());
    }

    public Problem with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Problem(type, detail, errors, more);
    }

    /** Every header that the answer carries beside those about its body. */
    public Map<String, String> allHeaders() {
        Map<String, String> all = new LinkedHashMap<>(headers);
        if (type.retry()) {
            all.put("Retry-After", RETRY_AFTER_SECONDS);
        }
        if (type.closes()) {
            all.put("Connection", "close");
        }
        return all;
    }
}
