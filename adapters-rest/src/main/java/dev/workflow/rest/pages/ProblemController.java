package dev.workflow.rest.pages;

import dev.workflow.rest.Answers;
import dev.workflow.rest.Requests;
import dev.workflow.rest.access.OpenToAll;
import dev.workflow.rest.problem.ProblemType;
import dev.workflow.rest.problem.Refusal;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import java.nio.charset.StandardCharsets;

/** The pages behind the types of problems. */
@Controller
final class ProblemController {
    @Get(uri = "/problems/{name:[^/]+}", produces = MediaType.ALL)
    @OpenToAll
    HttpResponse<byte[]> explain(HttpRequest<?> request, String name) {
        Requests.expectNoQuery(request);
        ProblemType type = ProblemType.ofSlug(name)
                .orElseThrow(() -> new Refusal(
                        ProblemType.UNKNOWN_PATH, "There is no problem of this name; /openapi.yml lists all."));
        String page = "%s (HTTP status %s)\n\n%s\n".formatted(type.title(), type.status(), type.explanation());
        return Answers.bytes(HttpStatus.OK, "text/plain; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
    }
}
