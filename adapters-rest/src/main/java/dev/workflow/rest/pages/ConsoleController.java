package dev.workflow.rest.pages;

import dev.workflow.rest.InTime;
import dev.workflow.rest.Paths;
import dev.workflow.rest.access.OpenToAll;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import java.util.concurrent.CompletionStage;

/**
 * A page on which people see and change what is here. It asks this interface for everything, so its files tell nothing that
 * needs a key.
 */
@Controller
@Requires(property = "workflow.console", notEquals = "false")
final class ConsoleController {
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final PackedSite site;

    ConsoleController(InTime inTime) {
        site = new PackedSite(
                "console",
                POLICY,
                inTime,
                "icon.svg",
                "console.css",
                "console.js",
                "api.js",
                "json.js",
                "dom.js",
                "numbers.js",
                "lists.js",
                "workflow.js",
                "forms.js");
    }

    @Get(uri = Paths.CONSOLE, produces = MediaType.ALL)
    @OpenToAll
    CompletionStage<HttpResponse<byte[]>> page(HttpRequest<?> request) {
        return site.page(request);
    }

    @Get(uri = Paths.CONSOLE_FILE, produces = MediaType.ALL)
    @OpenToAll
    CompletionStage<HttpResponse<byte[]>> file(HttpRequest<?> request, String file) {
        return site.file(request, file);
    }
}
