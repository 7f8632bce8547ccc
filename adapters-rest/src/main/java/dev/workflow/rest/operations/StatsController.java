package dev.workflow.rest.operations;

import dev.workflow.application.ReportStats;
import dev.workflow.rest.Answers;
import dev.workflow.rest.InTime;
import dev.workflow.rest.Paths;
import dev.workflow.rest.Requests;
import dev.workflow.rest.access.AllowedTo;
import dev.workflow.rest.access.Role;
import dev.workflow.rest.json.StatsJson;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import java.util.concurrent.CompletionStage;

/** How much there is of what, and how fast it comes and goes. */
@Controller
final class StatsController {
    private final ReportStats reportStats;
    private final InTime inTime;

    StatsController(ReportStats reportStats, InTime inTime) {
        this.reportStats = reportStats;
        this.inTime = inTime;
    }

    @Get(uri = Paths.STATS, produces = MediaType.ALL)
    @AllowedTo({Role.CONSUMER, Role.VIEWER})
    CompletionStage<HttpResponse<byte[]>> stats(HttpRequest<?> request) {
        Requests.expectNoQuery(request);
        return inTime.read(request, reportStats::report)
                .thenApply(report -> Answers.json(HttpStatus.OK, StatsJson.of(report)));
    }
}
