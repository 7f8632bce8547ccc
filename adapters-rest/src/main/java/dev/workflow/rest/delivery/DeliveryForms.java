package dev.workflow.rest.delivery;

import dev.workflow.domain.csv.CsvOptions;
import dev.workflow.domain.csv.CsvOptionsReader;
import dev.workflow.domain.delivery.Form;
import dev.workflow.domain.port.CsvExporter;
import dev.workflow.rest.QueryParameters;
import dev.workflow.rest.csv.CsvOptionSpelling;
import dev.workflow.rest.csv.CsvQuery;
import dev.workflow.rest.problem.Refusal;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.Set;

/**
 * Makes forms, and makes a form again from its text: a media type's short name and, as in a query, whether it is for batches
 * and which options differ from what is usual, such as {@code csv?max&delimiter=%3B}. Deliveries keep that text, so what was
 * once written must be understood for as long as deliveries are kept.
 */
@Singleton
final class DeliveryForms {
    private static final String CSV = Form.PLAIN;
    private static final String JSON = "json";
    private static final String BATCH = "max";

    private final CsvExporter exporter;
    private final DeliveryForm plain;

    DeliveryForms(CsvExporter exporter) {
        this.exporter = exporter;
        this.plain = new DeliveryForm.Csv(exporter, CsvOptions.DEFAULT, false, CSV);
    }

    DeliveryForm csv(CsvOptions options, boolean batch) {
        if (!batch && options.equals(CsvOptions.DEFAULT)) {
            return plain;
        }
        return new DeliveryForm.Csv(exporter, options, batch, text(CSV, batch, CsvOptionSpelling.query(options)));
    }

    DeliveryForm json(boolean batch) {
        return new DeliveryForm.Json(exporter, batch, text(JSON, batch, ""));
    }

    private static String text(String type, boolean batch, String options) {
        String query = batch && !options.isEmpty() ? BATCH + "&" + options : (batch ? BATCH : options);
        return query.isEmpty() ? type : type + "?" + query;
    }

    /** The form whose text this is. */
    DeliveryForm of(String text) {
        try {
            return read(text);
        } catch (Refusal refusal) {
            throw new IllegalStateException("No form has this text: " + text, refusal);
        }
    }

    private DeliveryForm read(String text) {
        Set<String> known = new HashSet<>(CsvOptionsReader.FOR_WORKFLOWS.names());
        known.add(BATCH);
        QueryParameters query = QueryParameters.of(text, known);
        boolean batch = query.has(BATCH);
        return text.startsWith(JSON) ? json(batch) : csv(CsvQuery.read(query, CsvOptionsReader.FOR_WORKFLOWS), batch);
    }
}
