package dev.workflow.rest.list;

import dev.workflow.domain.Criterion;
import dev.workflow.domain.Listing;
import dev.workflow.domain.StateName;
import dev.workflow.domain.port.WorkflowRepository;
import dev.workflow.rest.PercentEncoding;
import dev.workflow.rest.QueryParameters;
import dev.workflow.rest.Requests;
import dev.workflow.rest.json.UuidText;
import io.micronaut.http.HttpRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which part of the list is asked for, and how it is to be written.
 *
 * @param limit how many at most; null: all there are
 */
record ListQuery(Listing listing, @Nullable Integer limit, ListForm form) {
    private static final int MAX_LIMIT = 1000;
    private static final Set<String> KNOWN = known();

    private static Set<String> known() {
        Set<String> known = new HashSet<>(ListFilters.NAMES);
        known.addAll(List.of("order", "after", "limit"));
        known.addAll(ListForm.CSV_OPTIONS.names());
        return Set.copyOf(known);
    }

    static ListQuery of(HttpRequest<?> request) {
        QueryParameters query = Requests.query(request, KNOWN);
        ListForm form = ListForm.of(request, query);
        List<Criterion> criteria = ListFilters.read(query);
        Listing listing = new Listing(criteria, order(query), after(query), MAX_LIMIT);
        return new ListQuery(listing, query.number("limit", 1, MAX_LIMIT), form);
    }

    /** The same of those in this state only. */
    ListQuery in(StateName state) {
        return new ListQuery(listing.with(new Criterion.InState(state)), limit, form);
    }

    WorkflowPages pages(WorkflowRepository repository) {
        return new WorkflowPages(repository, listing);
    }

    private static Listing.Order order(QueryParameters query) {
        String text = query.text("order");
        return switch (text) {
            case null -> Listing.Order.OLDEST_FIRST;
            case "asc" -> Listing.Order.OLDEST_FIRST;
            case "desc" -> Listing.Order.NEWEST_FIRST;
            default -> throw QueryParameters.refusal("order takes asc or desc.");
        };
    }

    private static @Nullable UUID after(QueryParameters query) {
        String text = query.text("after");
        if (text == null) {
            return null;
        }
        return UuidText.parse(text)
                .orElseThrow(() -> QueryParameters.refusal("after takes the UUID of the last workflow seen."));
    }

    /**
     * The target of a request for what comes after {@code last}, with all other parameters as they were sent; what is no
     * character of a URI is encoded, since a link ends at the first {@code >}.
     */
    static String next(String path, String target, UUID last) {
        StringBuilder next = new StringBuilder(path).append('?');
        for (String pair : target.substring(target.indexOf('?') + 1).split("&", -1)) {
            if (!pair.isEmpty() && !isAfter(pair)) {
                next.append(PercentEncoding.ofUri(pair)).append('&');
            }
        }
        return next.append("after=").append(last).toString();
    }

    private static boolean isAfter(String pair) {
        return PercentEncoding.decode(pair.substring(0, Math.max(0, pair.indexOf('='))))
                .filter("after"::equals)
                .isPresent();
    }
}
