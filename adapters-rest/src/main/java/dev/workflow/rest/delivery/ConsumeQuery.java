package dev.workflow.rest.delivery;

import dev.workflow.domain.csv.CsvOptions;
import dev.workflow.domain.csv.CsvOptionsReader;
import dev.workflow.rest.Answers;
import dev.workflow.rest.Negotiation;
import dev.workflow.rest.QueryParameters;
import dev.workflow.rest.Requests;
import dev.workflow.rest.csv.CsvAnswers;
import dev.workflow.rest.csv.CsvQuery;
import dev.workflow.rest.json.BodyReader;
import io.micronaut.http.HttpRequest;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a consumer asks for.
 *
 * @param patience how long it waits for an arrival
 * @param lease null: what it gets is consumed for good
 */
record ConsumeQuery(
        DeliveryForm form,
        int max,
        Duration patience,
        @Nullable Duration lease) {
    private static final int LONGEST_WAIT = 20;
    private static final int MOST = 1000;

    private static final CsvOptionsReader CSV_OPTIONS = CsvOptionsReader.FOR_WORKFLOWS;
    private static final Set<String> KNOWN = known();

    private static Set<String> known() {
        Set<String> known = new HashSet<>(CSV_OPTIONS.names());
        known.addAll(List.of("wait", "max", "lease"));
        return Set.copyOf(known);
    }

    /** Reads query and {@code Accept}, and refuses what cannot be had, before anything is taken. */
    static ConsumeQuery of(HttpRequest<?> request, DeliveryForms forms) {
        QueryParameters query = Requests.query(request, KNOWN);
        String mediaType = Negotiation.require(request, List.of(CsvAnswers.MEDIA_TYPE, Answers.JSON));
        Integer max = query.number("max", 1, MOST);
        Integer wait = query.number("wait", 0, LONGEST_WAIT);
        Integer lease = query.number("lease", 1, BodyReader.LONGEST_LEASE);
        return new ConsumeQuery(
                form(query, mediaType, forms, max != null),
                max == null ? 1 : max,
                wait == null ? Duration.ZERO : Duration.ofSeconds(wait),
                lease == null ? null : Duration.ofSeconds(lease));
    }

    private static DeliveryForm form(QueryParameters query, String mediaType, DeliveryForms forms, boolean batch) {
        CsvOptions options = CsvQuery.read(query, CSV_OPTIONS);
        if (mediaType.equals(CsvAnswers.MEDIA_TYPE)) {
            return forms.csv(options, batch);
        }
        CsvQuery.expectNone(query, CSV_OPTIONS);
        return forms.json(batch);
    }
}
