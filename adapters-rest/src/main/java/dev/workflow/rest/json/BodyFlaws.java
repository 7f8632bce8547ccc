package dev.workflow.rest.json;

import dev.workflow.rest.problem.Problem;
import dev.workflow.rest.problem.Problem.Place;
import dev.workflow.rest.problem.ProblemType;
import dev.workflow.rest.problem.Refusal;
import dev.workflow.rest.problem.Wording;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a body, all told together, up to a number that nobody reads beyond. */
final class BodyFlaws {
    private static final int MAX = 100;

    private final String takes;
    private final List<Place> places = new ArrayList<>();
    private ProblemType type = ProblemType.UNSTORABLE_JSON;
    private boolean more;

    /** @param takes what would be right, as the end of a sentence about the body */
    BodyFlaws(String takes) {
        this.takes = takes;
    }

    /**
     * A rule of the body is broken.
     *
     * @param detail the rest of a sentence whose subject is the place
     */
    void invalid(String pointer, String detail) {
        type = ProblemType.INVALID_FIELD;
        add(pointer, detail);
    }

    /** A member must not be where it is; its name is the current token. See {@link #invalid}. */
    void invalidMember(JsonTokens tokens, String detail) {
        String pointer = tokens.pointer();
        boolean shown = !pointer.equals(tokens.parentPointer());
        invalid(pointer, shown ? detail : "has a member with a name that cannot be shown, which " + detail);
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
        String subject = first.pointer().equals(JsonPointers.WHOLE) ? "The body" : Wording.excerpt(first.pointer());
        String others = more ? " There are more errors than are listed." : "";
        return new Refusal(Problem.of(type, subject + " " + first.detail() + " " + remedy() + others, places));
    }

    private String remedy() {
        return type == ProblemType.INVALID_FIELD
                ? "The body takes " + takes + "."
                : "PostgreSQL cannot hold that: leave it out, or put it in another way.";
    }
}
