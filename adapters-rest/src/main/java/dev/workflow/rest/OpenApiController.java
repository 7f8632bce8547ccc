package dev.workflow.rest;

import dev.workflow.rest.access.OpenToAll;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The description of this interface for those who write clients, and for their tools. */
@Controller
final class OpenApiController {
    private static final String RESOURCE = "openapi.yml";

    private final byte[] description = read();

    private static byte[] read() {
        try (InputStream in = OpenApiController.class.getResourceAsStream(RESOURCE)) {
            return Objects.requireNonNull(in, RESOURCE).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Get(uri = "/openapi.yml", produces = MediaType.ALL)
    @OpenToAll
    HttpResponse<byte[]> describe(HttpRequest<?> request) {
        Requests.expectNoQuery(request);
        return Answers.bytes(HttpStatus.OK, "application/yaml", description);
    }
}
