package dev.workflow.rest.list;

import dev.workflow.domain.Workflow;
import dev.workflow.domain.csv.CsvOptions;
import dev.workflow.domain.csv.CsvOptionsReader;
import dev.workflow.rest.Answers;
import dev.workflow.rest.Negotiation;
import dev.workflow.rest.QueryParameters;
import dev.workflow.rest.csv.CsvAnswers;
import dev.workflow.rest.csv.CsvQuery;
import dev.workflow.rest.json.JsonBytes;
import dev.workflow.rest.json.WorkflowJson;
import io.micronaut.http.HttpRequest;
import java.util.List;
import java.util.Map;

/** A form of the list. It is written piece by piece: its beginning, the workflows one after the other, its end. */
sealed interface ListForm permits ListForm.Array, ListForm.Lines, ListCsv {
    /** The headers that say which form it is. */
    Map<String, String> headers();

    /** Writes what comes before all workflows; mostly there is nothing. */
    default void begin(JsonBytes out) {}

    /**
     * Writes one of the workflows.
     *
     * @param first whether no other comes before it
     */
    void write(Workflow workflow, boolean first, JsonBytes out);

    /** Writes what comes after all workflows; mostly there is nothing. */
    default void end(JsonBytes out) {}

    CsvOptionsReader CSV_OPTIONS = CsvOptionsReader.FOR_LIST;
    String NDJSON = "application/x-ndjson";

    /** Chooses by {@code Accept}. */
    static ListForm of(HttpRequest<?> request, QueryParameters query) {
        String mediaType = Negotiation.require(request, List.of(Answers.JSON, NDJSON, CsvAnswers.MEDIA_TYPE));
        CsvOptions options = CsvQuery.read(query, CSV_OPTIONS);
        if (mediaType.equals(CsvAnswers.MEDIA_TYPE)) {
            return new ListCsv(options.dialect());
        }
        CsvQuery.expectNone(query, CSV_OPTIONS);
        return mediaType.equals(NDJSON) ? new Lines() : new Array();
    }

    /** A JSON array. */
    record Array() implements ListForm {
        @Override
        public Map<String, String> headers() {
            return Map.of("Content-Type", Answers.JSON);
        }

        @Override
        public void begin(JsonBytes out) {
            out.raw('[');
        }

        @Override
        public void write(Workflow workflow, boolean first, JsonBytes out) {
            WorkflowJson.write(workflow, first ? out : out.raw(",\n"));
        }

        @Override
        public void end(JsonBytes out) {
            out.raw(']');
        }
    }

    /** A JSON text a line. */
    record Lines() implements ListForm {
        @Override
        public Map<String, String> headers() {
            return Map.of("Content-Type", NDJSON);
        }

        @Override
        public void write(Workflow workflow, boolean first, JsonBytes out) {
            WorkflowJson.writeLine(workflow, out);
        }
    }
}
