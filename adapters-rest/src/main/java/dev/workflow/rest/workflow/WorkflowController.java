package dev.workflow.rest.workflow;

import dev.workflow.application.ChangeStatus;
import dev.workflow.domain.ChangeOutcome;
import dev.workflow.domain.RequestKey;
import dev.workflow.domain.Status;
import dev.workflow.domain.StatusChange;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.port.WorkflowRepository;
import dev.workflow.rest.Answers;
import dev.workflow.rest.EntityTags;
import dev.workflow.rest.IdempotencyKeys;
import dev.workflow.rest.Identifiers;
import dev.workflow.rest.InTime;
import dev.workflow.rest.Paths;
import dev.workflow.rest.RequestBody;
import dev.workflow.rest.Requests;
import dev.workflow.rest.access.AllowedTo;
import dev.workflow.rest.access.Role;
import dev.workflow.rest.json.BodyReader;
import dev.workflow.rest.problem.ProblemType;
import dev.workflow.rest.problem.Refusal;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.PathVariable;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One workflow. */
@Controller
final class WorkflowController {
    private final WorkflowRepository repository;
    private final ChangeStatus changeStatus;
    private final InTime inTime;

    WorkflowController(WorkflowRepository repository, ChangeStatus changeStatus, InTime inTime) {
        this.repository = repository;
        this.changeStatus = changeStatus;
        this.inTime = inTime;
    }

    @Get(uri = Paths.WORKFLOW, produces = MediaType.ALL)
    @AllowedTo({Role.PRODUCER, Role.CONSUMER, Role.VIEWER})
    CompletionStage<HttpResponse<byte[]>> find(HttpRequest<?> request, @PathVariable("UUID") String id) {
        UUID uuid = Identifiers.ofPath(id);
        Requests.expectNoQuery(request);
        List<String> ifNoneMatch = request.getHeaders().getAll(HttpHeaders.IF_NONE_MATCH);
        return inTime.read(request, () -> repository.find(uuid))
                .thenApply(found -> answer(found.orElseThrow(Identifiers::unknownWorkflow), ifNoneMatch));
    }

    private static HttpResponse<byte[]> answer(Workflow workflow, List<String> ifNoneMatch) {
        String tag = EntityTags.of(workflow.history().version());
        if (EntityTags.noneMatchNames(ifNoneMatch, tag)) {
            return HttpResponse.<byte[]>status(HttpStatus.NOT_MODIFIED).header(HttpHeaders.ETAG, tag);
        }
        return Answers.workflow(HttpStatus.OK, workflow);
    }

    @Patch(uri = Paths.WORKFLOW, consumes = MediaType.ALL, produces = MediaType.ALL)
    @AllowedTo({})
    CompletionStage<HttpResponse<byte[]>> change(HttpRequest<?> request, @PathVariable("UUID") String id) {
        UUID uuid = Identifiers.ofPath(id);
        Requests.expectNoQuery(request);
        String key = IdempotencyKeys.of(request);
        return RequestBody.mergePatch(request).thenCompose(body -> {
            Status status = BodyReader.statusChange(body);
            return change(request, uuid, status, IdempotencyKeys.ofRequest(key, request, body));
        });
    }

    private CompletionStage<HttpResponse<byte[]>> change(
            HttpRequest<?> request, UUID id, Status status, @Nullable RequestKey key) {
        List<String> ifMatch = request.getHeaders().getAll(HttpHeaders.IF_MATCH);
        StatusChange change = new StatusChange(id, status, EntityTags.versions(ifMatch), key);
        return inTime.change(request, () -> changeStatus.change(change))
                .thenApply(outcome -> IdempotencyKeys.answer(outcome, WorkflowController::answer));
    }

    private static MutableHttpResponse<byte[]> answer(ChangeOutcome outcome) {
        return switch (outcome) {
            case ChangeOutcome.Done(Workflow workflow) -> Answers.workflow(HttpStatus.OK, workflow);
            case ChangeOutcome.UnknownWorkflow() -> throw Identifiers.unknownWorkflow();
            case ChangeOutcome.PreconditionFailed() ->
                throw new Refusal(
                        ProblemType.PRECONDITION_FAILED,
                        "The workflow has none of the versions in If-Match, so nothing was changed. GET it for its ETag.");
        };
    }
}
