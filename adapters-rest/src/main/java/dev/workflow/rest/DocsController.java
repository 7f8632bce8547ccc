package dev.workflow.rest;

import dev.workflow.rest.access.OpenToAll;
import dev.workflow.rest.problem.Refusal;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** The description of this interface as a page on which it can be tried. Whatever the page needs comes from here. */
@Controller
final class DocsController {
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String TEXT = "text/plain; charset=utf-8";

    /** Swagger UI sets styles on its elements and has its icons in its style sheet. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** The paths stay the same from version to version, so whoever keeps a file must ask whether it still holds. */
    private static final String ASK_AGAIN = "no-cache";

    private final PackedFile page = new PackedFile("docs/index.html", "text/html; charset=utf-8");

    /** Whatever else is asked for is not there, so no name leads to any other file. */
    private final Map<String, PackedFile> files = Map.of(
            "init.js", new PackedFile("docs/init.js", SCRIPT),
            "swagger-ui.css", new PackedFile("docs/swagger-ui.css", "text/css; charset=utf-8"),
            "swagger-ui-bundle.js", new PackedFile("docs/swagger-ui-bundle.js", SCRIPT),
            "swagger-ui-bundle.js.LICENSE.txt", new PackedFile("docs/swagger-ui-bundle.js.LICENSE.txt", TEXT),
            "swagger-ui.NOTICE.txt", new PackedFile("docs/swagger-ui.NOTICE.txt", TEXT));

    private final InTime inTime;

    DocsController(InTime inTime) {
        this.inTime = inTime;
    }

    @Get(uri = Paths.DOCS, produces = MediaType.ALL)
    @OpenToAll
    CompletionStage<HttpResponse<byte[]>> page(HttpRequest<?> request) {
        Requests.expectNoQuery(request);
        return answer(request, page);
    }

    @Get(uri = Paths.DOCS_FILE, produces = MediaType.ALL)
    @OpenToAll
    CompletionStage<HttpResponse<byte[]>> file(HttpRequest<?> request, String file) {
        Requests.expectNoQuery(request);
        PackedFile found = files.get(file);
        if (found == null) {
            throw new Refusal(Problems.unknownPath());
        }
        return answer(request, found);
    }

    /** Reading may block. */
    private CompletionStage<HttpResponse<byte[]>> answer(HttpRequest<?> request, PackedFile file) {
        List<String> ifNoneMatch = request.getHeaders().getAll(HttpHeaders.IF_NONE_MATCH);
        return inTime.read(request, () -> answer(ifNoneMatch, file));
    }

    private static HttpResponse<byte[]> answer(List<String> ifNoneMatch, PackedFile file) {
        MutableHttpResponse<byte[]> response = EntityTags.noneMatchNames(ifNoneMatch, file.tag())
                ? HttpResponse.status(HttpStatus.NOT_MODIFIED)
                : Answers.bytes(HttpStatus.OK, file.type(), file.bytes());
        return response.header(HttpHeaders.ETAG, file.tag())
                .header(HttpHeaders.CACHE_CONTROL, ASK_AGAIN)
                .header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff");
    }
}
