package dev.workflow.rest.json;

import dev.workflow.rest.problem.Problem;
import dev.workflow.rest.problem.Problem.Place;
import dev.workflow.rest.problem.ProblemType;
import dev.workflow.rest.problem.Refusal;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a body, all told together, up to a number that nobody reads beyond. */
final class BodyFlaws {
    private static final int MAX = 100;
    private static final String ROOT = "#";
    /** A pointer that is longer hides the reason from whoever reads a log; all of it is in {@code errors}. */
    private static final int READABLE_POINTER = 80;

    private final List<Place> places = new ArrayList<>();
    private ProblemType type = ProblemType.UNSTORABLE_JSON;
    private boolean more;

    /**
     * A rule of the body is broken.
     *
     * @param detail the rest of a sentence whose subject is the place
     */
    void invalid(String pointer, String detail) {
        type = ProblemType.INVALID_FIELD;
        add(pointer, detail);
    }

    /** The database cannot hold a value. See {@link #invalid}. */
    void unstorable(String pointer, String detail) {
        add(pointer, detail);
    }

    private void add(String pointer, String detail) {
        if (places.size() < MAX) {
            places.add(new Place(pointer, detail));
        } else {
            more = true;
        }
    }

    /** Ends the reading of the body if there are any. */
    void refuse() {
        if (!places.isEmpty()) {
            throw refusal();
        }
    }

    Refusal refusal() {
        Place first = places.getFirst();
        String others = more ? " There are more errors than are listed." : "";
        return new Refusal(Problem.of(type, subject(first.pointer()) + " " + first.detail() + others, places));
    }

    private static String subject(String pointer) {
        if (pointer.equals(ROOT)) {
            return "The body";
        }
        int half = READABLE_POINTER / 2;
        return pointer.length() <= READABLE_POINTER
                ? pointer
                : pointer.substring(0, half) + "…" + pointer.substring(pointer.length() - half);
    }
}
