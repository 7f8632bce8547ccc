package dev.workflow.rest.operations;

import dev.workflow.application.RedriveDead;
import dev.workflow.domain.Redrive;
import dev.workflow.rest.Answers;
import dev.workflow.rest.IdempotencyKeys;
import dev.workflow.rest.InTime;
import dev.workflow.rest.Paths;
import dev.workflow.rest.RequestBody;
import dev.workflow.rest.Requests;
import dev.workflow.rest.access.AllowedTo;
import dev.workflow.rest.json.BodyReader;
import dev.workflow.rest.json.RedriveJson;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Gives dead workflows another life. */
@Controller
final class DeadController {
    private final RedriveDead redriveDead;
    private final InTime inTime;

    DeadController(RedriveDead redriveDead, InTime inTime) {
        this.redriveDead = redriveDead;
        this.inTime = inTime;
    }

    @Post(uri = Paths.REDRIVE, consumes = MediaType.ALL, produces = MediaType.ALL)
    @AllowedTo({})
    CompletionStage<HttpResponse<byte[]>> redrive(HttpRequest<?> request) {
        Requests.expectNoQuery(request);
        String key = IdempotencyKeys.of(request);
        return RequestBody.json(request).thenCompose(body -> redrive(request, key, body));
    }

    private CompletionStage<HttpResponse<byte[]>> redrive(HttpRequest<?> request, @Nullable String key, byte[] body) {
        Redrive redrive = new Redrive(BodyReader.redrive(body), IdempotencyKeys.ofRequest(key, request, body));
        return inTime.change(request, () -> redriveDead.redrive(redrive))
                .thenApply(outcome ->
                        IdempotencyKeys.answer(outcome, done -> Answers.json(HttpStatus.OK, RedriveJson.of(done))));
    }
}
