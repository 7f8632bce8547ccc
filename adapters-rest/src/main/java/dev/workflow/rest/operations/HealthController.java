package dev.workflow.rest.operations;

import dev.workflow.application.ReportHealth;
import dev.workflow.application.ReportHealth.Readiness;
import dev.workflow.application.ReportHealth.Report;
import dev.workflow.rest.Answers;
import dev.workflow.rest.InTime;
import dev.workflow.rest.Requests;
import dev.workflow.rest.access.OpenToAll;
import dev.workflow.rest.json.HealthJson;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import java.util.concurrent.CompletionStage;

/** For those who run the service, and for load balancers. */
@Controller
final class HealthController {
    private final ReportHealth reportHealth;
    private final InTime inTime;

    HealthController(ReportHealth reportHealth, InTime inTime) {
        this.reportHealth = reportHealth;
        this.inTime = inTime;
    }

    @Get(uri = "/health", produces = MediaType.ALL)
    @OpenToAll
    CompletionStage<HttpResponse<byte[]>> health(HttpRequest<?> request) {
        Requests.expectNoQuery(request);
        return inTime.read(request, reportHealth::report).thenApply(report -> answer(report, HealthJson.full(report)));
    }

    @Get(uri = "/health/readiness", produces = MediaType.ALL)
    @OpenToAll
    CompletionStage<HttpResponse<byte[]>> readiness(HttpRequest<?> request) {
        Requests.expectNoQuery(request);
        return inTime.read(request, reportHealth::report).thenApply(report -> answer(report, HealthJson.brief(report)));
    }

    /** That this is answered at all is the news. */
    @Get(uri = "/health/liveness", produces = MediaType.ALL)
    @OpenToAll
    HttpResponse<byte[]> liveness(HttpRequest<?> request) {
        Requests.expectNoQuery(request);
        return Answers.json(HttpStatus.OK, HealthJson.alive());
    }

    private static HttpResponse<byte[]> answer(Report report, byte[] json) {
        if (report.readiness() != Readiness.DOWN) {
            return Answers.json(HttpStatus.OK, json);
        }
        MutableHttpResponse<byte[]> response = Answers.json(HttpStatus.SERVICE_UNAVAILABLE, json);
        return response.header(HttpHeaders.RETRY_AFTER, "1");
    }
}
