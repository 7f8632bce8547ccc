package dev.workflow.rest.csv;

import dev.workflow.domain.Utf8Text;
import dev.workflow.domain.csv.CsvOptions;
import dev.workflow.domain.csv.CsvOptionsReader;
import dev.workflow.domain.port.CsvExporter;
import dev.workflow.domain.port.WorkflowRepository;
import dev.workflow.rest.Identifiers;
import dev.workflow.rest.InTime;
import dev.workflow.rest.Paths;
import dev.workflow.rest.RequestBody;
import dev.workflow.rest.Requests;
import dev.workflow.rest.access.AllowedTo;
import dev.workflow.rest.access.Role;
import dev.workflow.rest.json.BodyReader;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** CSV to look at, without taking anything from the queue. */
@Controller
final class CsvController {
    private final WorkflowRepository repository;
    private final CsvExporter exporter;
    private final InTime inTime;

    CsvController(WorkflowRepository repository, CsvExporter exporter, InTime inTime) {
        this.repository = repository;
        this.exporter = exporter;
        this.inTime = inTime;
    }

    @Get(uri = Paths.WORKFLOW_CSV, produces = MediaType.ALL)
    @AllowedTo({Role.CONSUMER, Role.VIEWER})
    CompletionStage<HttpResponse<byte[]>> csv(HttpRequest<?> request, @PathVariable("UUID") String id) {
        UUID uuid = Identifiers.ofPath(id);
        CsvOptions options = options(request, CsvOptionsReader.FOR_WORKFLOWS);
        String fileName = "workflow-" + uuid + ".csv";
        return inTime.read(request, () -> repository.find(uuid).map(workflow -> exporter.table(workflow, options)))
                .thenApply(found -> found.orElseThrow(Identifiers::unknownWorkflow))
                .thenApply(outcome -> CsvAnswers.of(outcome, options, fileName));
    }

    @Post(uri = Paths.PREVIEW, consumes = MediaType.ALL, produces = MediaType.ALL)
    @AllowedTo({Role.PRODUCER, Role.CONSUMER, Role.VIEWER})
    CompletionStage<HttpResponse<byte[]>> preview(HttpRequest<?> request) {
        CsvOptions options = options(request, CsvOptionsReader.FOR_BARE_JSON);
        return RequestBody.json(request)
                .thenApply(BodyReader::value)
                .thenCompose(json -> preview(request, json, options));
    }

    private CompletionStage<HttpResponse<byte[]>> preview(HttpRequest<?> request, Utf8Text json, CsvOptions options) {
        return inTime.read(request, () -> exporter.preview(json, options))
                .thenApply(outcome -> CsvAnswers.of(outcome, options, "preview.csv"));
    }

    private static CsvOptions options(HttpRequest<?> request, CsvOptionsReader reader) {
        return CsvQuery.read(Requests.query(request, reader.names()), reader);
    }
}
