package dev.workflow.rest.pages;

import dev.workflow.rest.InTime;
import dev.workflow.rest.Paths;
import dev.workflow.rest.access.OpenToAll;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import java.util.concurrent.CompletionStage;

/** The description of this interface as a page on which it can be tried. Whatever the page needs comes from here. */
@Controller
final class DocsController {
    /** Swagger UI sets styles on its elements and has its icons in its style sheet. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final PackedSite site;

    DocsController(InTime inTime) {
        site = new PackedSite(
                "docs",
                POLICY,
                inTime,
                "init.js",
                "swagger-ui.css",
                "swagger-ui-bundle.js",
                "swagger-ui-bundle.js.LICENSE.txt",
                "swagger-ui.NOTICE.txt");
    }

    @Get(uri = Paths.DOCS, produces = MediaType.ALL)
    @OpenToAll
    CompletionStage<HttpResponse<byte[]>> page(HttpRequest<?> request) {
        return site.page(request);
    }

    @Get(uri = Paths.DOCS_FILE, produces = MediaType.ALL)
    @OpenToAll
    CompletionStage<HttpResponse<byte[]>> file(HttpRequest<?> request, String file) {
        return site.file(request, file);
    }
}
