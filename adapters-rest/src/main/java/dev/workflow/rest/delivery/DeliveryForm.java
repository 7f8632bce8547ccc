package dev.workflow.rest.delivery;

import dev.workflow.domain.Utf8Text;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.csv.CsvOptions;
import dev.workflow.domain.csv.Rendition;
import dev.workflow.domain.delivery.Delivery;
import dev.workflow.domain.delivery.Form;
import dev.workflow.domain.port.CsvExporter;
import dev.workflow.rest.Answers;
import dev.workflow.rest.csv.CsvAnswers;
import dev.workflow.rest.json.WorkflowJson;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import java.util.List;

/** A form in which workflows are handed over. {@link DeliveryForms} makes them, and makes them again from their text. */
sealed interface DeliveryForm {
    /** Whether the consumer said how many workflows it takes, be it one. */
    boolean batch();

    /** Names the form, the same for all that write the same. */
    String text();

    Rendition render(List<Workflow> workflows);

    /** The body with the headers that only this form has. */
    MutableHttpResponse<byte[]> answer(Delivery delivery, Rendition rendition);

    /** As a claim takes it. */
    default Form asked() {
        return new Form(text(), this::render);
    }

    record Csv(CsvExporter exporter, CsvOptions options, boolean batch, String text) implements DeliveryForm {
        @Override
        public Rendition render(List<Workflow> workflows) {
            return exporter.export(workflows, options);
        }

        @Override
        public MutableHttpResponse<byte[]> answer(Delivery delivery, Rendition rendition) {
            String name = batch
                    ? "delivery-" + delivery.id()
                    : "workflow-" + delivery.workflows().getFirst().id();
            MutableHttpResponse<byte[]> response = CsvAnswers.of(rendition, options, name + ".csv");
            CsvAnswers.tellFallback(rendition.csvFallback(), response);
            return response;
        }
    }

    record Json(CsvExporter exporter, boolean batch, String text) implements DeliveryForm {
        @Override
        public Rendition render(List<Workflow> workflows) {
            byte[] json = batch ? WorkflowJson.of(workflows) : WorkflowJson.of(workflows.getFirst());
            return Rendition.of(exporter.besideTables(Utf8Text.ofBytes(json)));
        }

        @Override
        public MutableHttpResponse<byte[]> answer(Delivery delivery, Rendition rendition) {
            return Answers.json(HttpStatus.OK, rendition.body().bytes());
        }
    }
}
