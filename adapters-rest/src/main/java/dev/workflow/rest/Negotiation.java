package dev.workflow.rest;

import dev.workflow.rest.problem.ProblemType;
import dev.workflow.rest.problem.Refusal;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the form of an answer by the header {@code Accept} (RFC 9110, section 12.5.1). Each form takes its weight from the
 * most specific range that names it; at equal weight the form that was named more specifically wins, then the earlier one.
 */
public final class Negotiation {
    /** The zero may be missing: by default Java's own client sent {@code q=.2} for many years. */
    private static final Pattern WEIGHT = Pattern.compile("0(\\.[0-9]{0,3})?|\\.[0-9]{1,3}|1(\\.0{0,3})?");

    private record Range(String type, String subtype, double weight) {
        /** 2 for a type, 1 for all subtypes of one, 0 for everything, -1 for another. */
        int specificity(String mediaType) {
            int slash = mediaType.indexOf('/');
            if (type.equals("*") && subtype.equals("*")) {
                return 0;
            }
            if (!type.equals(mediaType.substring(0, slash))) {
                return -1;
            }
            if (subtype.equals("*")) {
                return 1;
            }
            return subtype.equals(mediaType.substring(slash + 1)) ? 2 : -1;
        }
    }

    private record Offer(String mediaType, int specificity, double weight) {
        boolean beats(Offer other) {
            return weight > other.weight || (weight == other.weight && specificity > other.specificity);
        }
    }

    private Negotiation() {}

    /** The form in which a request is answered; refuses one that can be answered in none. */
    public static String require(HttpRequest<?> request, List<String> offers) {
        return choose(request.getHeaders().getAll(HttpHeaders.ACCEPT), offers)
                .orElseThrow(() -> new Refusal(
                        ProblemType.NOT_ACCEPTABLE,
                        "This can be had as " + String.join(" or ", offers) + " only; name one of them in Accept."));
    }

    /**
     * Chooses among the forms that there are.
     *
     * @param accept the values of the header, as many as there are
     * @param offers the media types that there are, the preferred one first
     * @return the chosen one, or empty when none is acceptable
     */
    static Optional<String> choose(List<String> accept, List<String> offers) {
        List<String> elements = HeaderText.elements(String.join(",", accept));
        if (elements.isEmpty()) {
            return Optional.of(offers.getFirst());
        }
        List<Range> ranges = elements.stream()
                .map(Negotiation::range)
                .filter(Optional::isPresent)
                .map(Optional::get)
                .toList();
        Offer best = null;
        for (String mediaType : offers) {
            Offer offer = offer(mediaType, ranges);
            if (offer != null && (best == null || offer.beats(best))) {
                best = offer;
            }
        }
        return Optional.ofNullable(best).map(Offer::mediaType);
    }

    private static @Nullable Offer offer(String mediaType, List<Range> ranges) {
        Offer offer = null;
        for (Range range : ranges) {
            int specificity = range.specificity(mediaType);
            if (specificity >= 0 && (offer == null || specificity > offer.specificity())) {
                offer = new Offer(mediaType, specificity, range.weight());
            }
        }
        return offer == null || offer.weight() == 0 ? null : offer;
    }

    /** Empty for what is no media range. */
    private static Optional<Range> range(String element) {
        List<String> parts = HeaderText.parts(element);
        String name = parts.getFirst().toLowerCase(Locale.ROOT);
        int slash = name.indexOf('/');
        double weight = weight(parts);
        if (slash <= 0 || slash == name.length() - 1 || weight < 0) {
            return Optional.empty();
        }
        return Optional.of(new Range(name.substring(0, slash), name.substring(slash + 1), weight));
    }

    private static double weight(List<String> parts) {
        for (String part : parts.subList(1, parts.size())) {
            if (part.toLowerCase(Locale.ROOT).startsWith("q=")) {
                String q = part.substring(2);
                return WEIGHT.matcher(q).matches() ? Double.parseDouble(q) : -1;
            }
        }
        return 1;
    }
}
