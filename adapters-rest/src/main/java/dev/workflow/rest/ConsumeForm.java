package dev.workflow.rest;

import dev.workflow.application.ConsumeOutcome.Delivered;
import dev.workflow.domain.CsvOptions;
import dev.workflow.domain.CsvOptionsReader;
import dev.workflow.domain.Rendering;
import dev.workflow.domain.Rendition;
import dev.workflow.domain.Utf8Text;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.port.CsvExporter;
import dev.workflow.rest.json.WorkflowJson;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The form in which a consumer wants its workflow. */
sealed interface ConsumeForm {
    Rendering rendering();

    /** The body with the headers that only this form has. */
    MutableHttpResponse<byte[]> body(Delivered delivered);

    record Csv(CsvExporter exporter, CsvOptions options) implements ConsumeForm {
        @Override
        public Rendering rendering() {
            return workflows -> exporter.export(workflows, options);
        }

        @Override
        public MutableHttpResponse<byte[]> body(Delivered delivered) {
            String fileName = "workflow-" + delivered.workflows().getFirst().id() + ".csv";
            Rendition rendition = delivered.rendition();
            MutableHttpResponse<byte[]> response = CsvAnswers.of(rendition, options, fileName);
            CsvAnswers.tellFallback(rendition.csvFallback(), response);
            return response;
        }
    }

    record Json() implements ConsumeForm {
        @Override
        public Rendering rendering() {
            return workflows -> Rendition.of(Utf8Text.ofBytes(WorkflowJson.of(workflows.getFirst())));
        }

        @Override
        public MutableHttpResponse<byte[]> body(Delivered delivered) {
            return Answers.json(HttpStatus.OK, delivered.rendition().body().bytes());
        }
    }

    /** Reads query and {@code Accept}, and refuses what cannot be had, before anything is taken. */
    static ConsumeForm of(HttpRequest<?> request, CsvExporter exporter) {
        CsvOptionsReader reader = CsvOptionsReader.FOR_WORKFLOWS;
        QueryParameters query = Requests.query(request, reader.names());
        String mediaType = Negotiation.require(request, List.of(CsvAnswers.MEDIA_TYPE, Answers.JSON));
        CsvOptions options = CsvQuery.read(query, reader);
        if (mediaType.equals(CsvAnswers.MEDIA_TYPE)) {
            return new Csv(exporter, options);
        }
        if (!query.values().isEmpty()) {
            throw QueryParameters.refusal("CSV options make no sense with an answer in JSON: "
                    + String.join(", ", query.values().keySet()) + ".");
        }
        return new Json();
    }

    default MutableHttpResponse<byte[]> answer(Delivered delivered) {
        Workflow first = delivered.workflows().getFirst();
        String delivery = delivered.deliveryId().toString();
        return body(delivered)
                .header(HttpHeaders.CONTENT_LOCATION, "/workflow/delivery/" + delivery)
                .header("Workflow-Delivery", delivery)
                .header("Workflow-Count", Integer.toString(delivered.workflows().size()))
                .header("Workflow-UUID", first.id().toString())
                .header("Workflow-Attempt", Integer.toString(first.history().attempts() + 1))
                .header(HttpHeaders.ETAG, tag(delivered.rendition().body().bytes()));
    }

    /** A strong entity tag: the same only for the same bytes. */
    private static String tag(byte[] body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
            return "\"" + HexFormat.of().formatHex(digest, 0, 16) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }
}
