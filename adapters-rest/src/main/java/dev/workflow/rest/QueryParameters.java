package dev.workflow.rest;

import dev.workflow.rest.problem.ProblemType;
import dev.workflow.rest.problem.Refusal;
import dev.workflow.rest.problem.Wording;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The query of a request. A parameter that is not known, is given twice or is spelled wrongly is refused: an option that was
 * mistyped must not be passed over.
 */
public final class QueryParameters {
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,8}");

    private final Map<String, String> values;

    private QueryParameters(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads it.
     *
     * @param target as it stands in the request line
     */
    public static QueryParameters of(String target, Set<String> known) {
        int question = target.indexOf('?');
        return new QueryParameters(question < 0 ? Map.of() : parse(target.substring(question + 1), known));
    }

    private static Map<String, String> parse(String query, Set<String> known) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            if (pair.isEmpty()) {
                continue; // as between two & or behind the last: nothing is asked for
            }
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals), pair);
            if (!known.contains(name)) {
                throw known.isEmpty()
                        ? refusal("This path takes no query parameters.")
                        : refusal(name, "is not known here. " + Wording.known(known));
            }
            if (values.put(name, equals < 0 ? "" : decode(pair.substring(equals + 1), name)) != null) {
                throw refusal(name, "is given twice; once is right.");
            }
        }
        return Collections.unmodifiableMap(values);
    }

    /** A plus is a space, as forms spell it. */
    private static String decode(String text, String name) {
        return PercentEncoding.decode(text.replace('+', ' '))
                .orElseThrow(() -> refusal(
                        name,
                        "is not UTF-8 in valid percent-encoding, in which a space is %20 and a percent sign %25."));
    }

    private static Refusal refusal(String name, String what) {
        return refusal("The query parameter " + Wording.excerpt(name) + " " + what);
    }

    public static Refusal refusal(String detail) {
        return new Refusal(ProblemType.INVALID_PARAMETER, detail);
    }

    /** Name to value, decoded. */
    public Map<String, String> values() {
        return values;
    }

    public @Nullable String text(String name) {
        return values.get(name);
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** A whole number in its usual spelling; null when it is not given. */
    public @Nullable Integer number(String name, int least, int most) {
        String text = values.get(name);
        if (text == null) {
            return null;
        }
        if (!NUMBER.matcher(text).matches() || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
            throw refusal(name + " takes a whole number from " + least + " to " + most + ".");
        }
        return Integer.valueOf(text);
    }

    /** Those of {@code names} that are given. */
    public List<String> given(Set<String> names) {
        return names.stream().filter(values::containsKey).toList();
    }
}
