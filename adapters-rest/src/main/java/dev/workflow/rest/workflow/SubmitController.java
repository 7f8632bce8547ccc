package dev.workflow.rest.workflow;

import dev.workflow.application.SubmitWorkflows;
import dev.workflow.domain.SubmitOutcome;
import dev.workflow.domain.Workflow;
import dev.workflow.rest.Answers;
import dev.workflow.rest.IdempotencyKeys;
import dev.workflow.rest.InTime;
import dev.workflow.rest.Paths;
import dev.workflow.rest.RequestBody;
import dev.workflow.rest.Requests;
import dev.workflow.rest.access.AllowedTo;
import dev.workflow.rest.access.Role;
import dev.workflow.rest.json.BodyReader;
import dev.workflow.rest.json.BodyReader.Submitted;
import dev.workflow.rest.json.WorkflowJson;
import dev.workflow.rest.problem.ProblemType;
import dev.workflow.rest.problem.Refusal;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Takes workflows in. */
@Controller
final class SubmitController {
    private final SubmitWorkflows submit;
    private final InTime inTime;

    SubmitController(SubmitWorkflows submit, InTime inTime) {
        this.submit = submit;
        this.inTime = inTime;
    }

    @Post(uri = Paths.WORKFLOWS, consumes = MediaType.ALL, produces = MediaType.ALL)
    @AllowedTo(Role.PRODUCER)
    CompletionStage<HttpResponse<byte[]>> submit(HttpRequest<?> request) {
        Requests.expectNoQuery(request);
        String key = IdempotencyKeys.of(request);
        return RequestBody.json(request).thenCompose(body -> store(request, key, body));
    }

    private CompletionStage<HttpResponse<byte[]>> store(HttpRequest<?> request, @Nullable String key, byte[] body) {
        Submitted submitted = BodyReader.submission(body);
        return inTime.change(
                        request, submit.submit(submitted.contents(), IdempotencyKeys.ofRequest(key, request, body)))
                .thenApply(outcome -> IdempotencyKeys.answer(outcome, made -> answer(made, submitted.asArray())));
    }

    private static MutableHttpResponse<byte[]> answer(SubmitOutcome outcome, boolean asArray) {
        return switch (outcome) {
            case SubmitOutcome.Stored(List<Workflow> workflows) ->
                asArray ? Answers.json(HttpStatus.CREATED, WorkflowJson.of(workflows)) : created(workflows.getFirst());
            case SubmitOutcome.Refused(String detail) -> throw new Refusal(ProblemType.UNSTORABLE_JSON, detail);
            case SubmitOutcome.Failed failed -> throw failed.fault();
        };
    }

    private static MutableHttpResponse<byte[]> created(Workflow workflow) {
        return Answers.workflow(HttpStatus.CREATED, workflow)
                .header(HttpHeaders.LOCATION, Paths.WORKFLOWS + "/" + workflow.id());
    }
}
