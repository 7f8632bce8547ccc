package dev.workflow.rest;

import dev.workflow.application.ConsumeOutcome;
import dev.workflow.application.ConsumeWorkflows;
import dev.workflow.domain.port.CsvExporter;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import java.util.concurrent.CompletionStage;

/** Hands workflows over. A HEAD would take one and show nothing of it, so there is none. */
@Controller
final class ConsumeController {
    private static final String PATH = "/workflow/consume";
    private static final String SOON = "1";

    private final ConsumeWorkflows consume;
    private final CsvExporter exporter;
    private final InTime inTime;

    ConsumeController(ConsumeWorkflows consume, CsvExporter exporter, InTime inTime) {
        this.consume = consume;
        this.exporter = exporter;
        this.inTime = inTime;
    }

    @Get(uri = PATH, headRoute = false, produces = MediaType.ALL)
    CompletionStage<HttpResponse<byte[]>> get(HttpRequest<?> request) {
        BrowserGuard.check(request);
        return take(request, form(request));
    }

    @Post(uri = PATH, consumes = MediaType.ALL, produces = MediaType.ALL)
    CompletionStage<HttpResponse<byte[]>> post(HttpRequest<?> request) {
        ConsumeForm form = form(request);
        return RequestBody.none(request).thenCompose(nothing -> take(request, form));
    }

    private ConsumeForm form(HttpRequest<?> request) {
        Requests.expectNoIdempotencyKey(request);
        return ConsumeForm.of(request, exporter);
    }

    private CompletionStage<HttpResponse<byte[]>> take(HttpRequest<?> request, ConsumeForm form) {
        return inTime.change(request, consume.consume(form.rendering())).thenApply(outcome -> answer(outcome, form));
    }

    private static HttpResponse<byte[]> answer(ConsumeOutcome outcome, ConsumeForm form) {
        MutableHttpResponse<byte[]> response = switch (outcome) {
            case ConsumeOutcome.Delivered delivered -> form.answer(delivered);
            case ConsumeOutcome.Nothing(boolean moreToCome) -> nothing(moreToCome);
        };
        return response.header(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    private static MutableHttpResponse<byte[]> nothing(boolean moreToCome) {
        MutableHttpResponse<byte[]> response = HttpResponse.status(HttpStatus.NO_CONTENT);
        return moreToCome ? response.header(HttpHeaders.RETRY_AFTER, SOON) : response;
    }
}
