package dev.workflow.rest.operations;

import dev.workflow.application.ReportStats;
import dev.workflow.domain.Counts;
import dev.workflow.domain.Fault;
import dev.workflow.rest.Answers;
import dev.workflow.rest.InTime;
import dev.workflow.rest.Requests;
import dev.workflow.rest.access.AllowedTo;
import dev.workflow.rest.access.Role;
import dev.workflow.rest.metrics.PrometheusText;
import dev.workflow.rest.metrics.RequestDurations;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** For Prometheus. It is most wanted while something is away, so it answers then too. */
@Controller
final class PrometheusController {
    private final ReportStats reportStats;
    private final RequestDurations requests;
    private final InTime inTime;

    PrometheusController(ReportStats reportStats, RequestDurations requests, InTime inTime) {
        this.reportStats = reportStats;
        this.requests = requests;
        this.inTime = inTime;
    }

    @Get(uri = "/prometheus", produces = MediaType.ALL)
    @AllowedTo(Role.VIEWER)
    CompletionStage<HttpResponse<byte[]>> scrape(HttpRequest<?> request) {
        Requests.expectNoQuery(request);
        // the time that the database lets pass is over before the text is made, or a slow one would take it along
        return inTime.read(request, () -> reportStats.report().counts())
                .exceptionally(PrometheusController::orNothing)
                .thenCompose(counts -> inTime.read(request, () -> text(counts)))
                .thenApply(text -> Answers.bytes(HttpStatus.OK, PrometheusText.MEDIA_TYPE, text));
    }

    private byte[] text(@Nullable Counts counts) {
        return PrometheusText.of(counts, reportStats.totals(), requests);
    }

    private static @Nullable Counts orNothing(Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        if (cause instanceof Fault.Unavailable) {
            return null;
        }
        throw new CompletionException(cause);
    }
}
