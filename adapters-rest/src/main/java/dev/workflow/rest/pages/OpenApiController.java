package dev.workflow.rest.pages;

import dev.workflow.rest.Answers;
import dev.workflow.rest.Requests;
import dev.workflow.rest.access.OpenToAll;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;

/** The description of this interface for those who write clients, and for their tools. */
@Controller
final class OpenApiController {
    private final byte[] description = new PackedFile("openapi.yml").bytes();

    @Get(uri = "/openapi.yml", produces = MediaType.ALL)
    @OpenToAll
    HttpResponse<byte[]> describe(HttpRequest<?> request) {
        Requests.expectNoQuery(request);
        return Answers.bytes(HttpStatus.OK, "application/yaml", description);
    }
}
