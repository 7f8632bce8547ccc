package dev.workflow.rest;

import dev.workflow.domain.Status;
import dev.workflow.domain.port.WorkflowRepository;
import dev.workflow.rest.json.WorkflowJson;
import io.micronaut.http.HttpRequest;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which part of the list is asked for.
 *
 * @param limit how many at most; null: all there are
 */
record ListQuery(
        @Nullable Status status,
        @Nullable UUID after,
        @Nullable Integer limit) {
    private static final int MAX_LIMIT = 1000;
    private static final Set<String> KNOWN = Set.of("status", "after", "limit");

    static ListQuery of(HttpRequest<?> request) {
        QueryParameters query = Requests.query(request, KNOWN);
        return new ListQuery(status(query), after(query), limit(query));
    }

    WorkflowPages pages(WorkflowRepository repository) {
        return new WorkflowPages(repository, status, after);
    }

    private static @Nullable Status status(QueryParameters query) {
        String text = query.text("status");
        if (text == null) {
            return null;
        }
        return Arrays.stream(Status.values())
                .filter(status -> WorkflowJson.text(status).equals(text))
                .findFirst()
                .orElseThrow(() -> QueryParameters.refusal("status takes inserted or consumed."));
    }

    private static @Nullable UUID after(QueryParameters query) {
        String text = query.text("after");
        if (text == null) {
            return null;
        }
        return Identifiers.parse(text)
                .orElseThrow(() -> QueryParameters.refusal("after takes the UUID of the last workflow seen."));
    }

    private static @Nullable Integer limit(QueryParameters query) {
        String text = query.text("limit");
        if (text == null) {
            return null;
        }
        if (!text.matches("[1-9][0-9]{0,3}") || Integer.parseInt(text) > MAX_LIMIT) {
            throw QueryParameters.refusal("limit takes a number from 1 to " + MAX_LIMIT + ".");
        }
        return Integer.valueOf(text);
    }

    /** The target of a request for what comes after {@code last}, with all other parameters as they were sent. */
    static String next(String target, UUID last) {
        StringBuilder next = new StringBuilder("/workflow?");
        for (String pair : target.substring(target.indexOf('?') + 1).split("&", -1)) {
            if (!pair.startsWith("after=") && !pair.isEmpty()) {
                next.append(pair).append('&');
            }
        }
        return next.append("after=").append(last).toString();
    }
}
