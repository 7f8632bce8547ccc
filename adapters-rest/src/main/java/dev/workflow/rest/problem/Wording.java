package dev.workflow.rest.problem;

import java.util.Collection;
import java.util.stream.Collectors;

/** What the details of many problems share. */
public final class Wording {
    /** What is longer hides the reason from whoever reads a log. */
    private static final int READABLE = 80;

    private Wording() {}

    /** Something that was sent, or where it was, with its middle left out when it is long. */
    public static String excerpt(String sent) {
        int half = READABLE / 2;
        return sent.length() <= READABLE ? sent : sent.substring(0, half) + "…" + sent.substring(sent.length() - half);
    }

    /** A sentence for one who used another name than these. */
    public static String known(Collection<String> names) {
        return names.isEmpty()
                ? "None is known."
                : names.stream().sorted().collect(Collectors.joining(", ", "Known: ", "."));
    }
}
