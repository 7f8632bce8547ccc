package dev.workflow.rest.delivery;

import dev.workflow.application.ConsumeOrder;
import dev.workflow.application.ConsumeOutcome;
import dev.workflow.application.ConsumeWorkflows;
import dev.workflow.domain.Keyed;
import dev.workflow.domain.csv.Rendition;
import dev.workflow.domain.delivery.Delivery;
import dev.workflow.domain.delivery.DeliveryTerms;
import dev.workflow.rest.IdempotencyKeys;
import dev.workflow.rest.InTime;
import dev.workflow.rest.Paths;
import dev.workflow.rest.RequestBody;
import dev.workflow.rest.Requests;
import dev.workflow.rest.access.AllowedTo;
import dev.workflow.rest.access.Role;
import dev.workflow.rest.problem.ProblemType;
import dev.workflow.rest.problem.Refusal;
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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Hands workflows over. A HEAD would take one and show nothing of it, so there is none. */
@Controller
final class ConsumeController {
    private static final String SOON = "1";

    private final ConsumeWorkflows consume;
    private final DeliveryForms forms;
    private final InTime inTime;

    ConsumeController(ConsumeWorkflows consume, DeliveryForms forms, InTime inTime) {
        this.consume = consume;
        this.forms = forms;
        this.inTime = inTime;
    }

    @Get(uri = Paths.CONSUME, headRoute = false, produces = MediaType.ALL)
    @AllowedTo(Role.CONSUMER)
    CompletionStage<HttpResponse<byte[]>> get(HttpRequest<?> request) {
        BrowserGuard.checkGet(request);
        return take(request);
    }

    @Post(uri = Paths.CONSUME, consumes = MediaType.ALL, produces = MediaType.ALL)
    @AllowedTo(Role.CONSUMER)
    CompletionStage<HttpResponse<byte[]>> post(HttpRequest<?> request) {
        BrowserGuard.checkPost(request);
        return take(request);
    }

    private CompletionStage<HttpResponse<byte[]>> take(HttpRequest<?> request) {
        ConsumeQuery query = ConsumeQuery.of(request, forms);
        String key = IdempotencyKeys.of(request);
        return RequestBody.none(request).thenCompose(nothing -> take(request, query, key));
    }

    private CompletionStage<HttpResponse<byte[]>> take(
            HttpRequest<?> request, ConsumeQuery query, @Nullable String key) {
        DeliveryTerms terms =
                new DeliveryTerms(query.form().asked(), query.lease(), IdempotencyKeys.ofConsume(key, request));
        AtomicBoolean answered = new AtomicBoolean();
        BooleanSupplier hungUp = Requests.gone(request);
        ConsumeOrder order =
                new ConsumeOrder(terms, query.max(), query.patience(), () -> answered.get() || hungUp.getAsBoolean());
        return inTime.changeAfter(query.patience(), request, consume.consume(order))
                // one who was told that it takes too long must get nothing later
                .whenComplete((outcome, failure) -> answered.set(true))
                .thenApply(outcome -> answer(outcome, query.form()));
    }

    private static HttpResponse<byte[]> answer(Keyed<ConsumeOutcome> outcome, DeliveryForm form) {
        boolean replayed = outcome instanceof Keyed.Replayed<ConsumeOutcome>;
        return IdempotencyKeys.answer(outcome, made -> switch (made) {
            case ConsumeOutcome.Delivered(Delivery delivery, Rendition rendition) -> {
                MutableHttpResponse<byte[]> response = DeliveryAnswers.of(delivery, rendition, form);
                yield replayed ? DeliveryAnswers.tellState(delivery.state(), response) : response;
            }
            case ConsumeOutcome.Nothing(boolean moreToCome) -> nothing(moreToCome);
            case ConsumeOutcome.Gone() ->
                throw new Refusal(
                        ProblemType.UNKNOWN_DELIVERY,
                        "What was delivered under this Idempotency-Key has been removed for good since"
                                + " (WORKFLOW_RETENTION_CONSUMED). Nothing was taken; use another key for the next one.");
        });
    }

    private static MutableHttpResponse<byte[]> nothing(boolean moreToCome) {
        MutableHttpResponse<byte[]> response =
                HttpResponse.<byte[]>status(HttpStatus.NO_CONTENT).header(HttpHeaders.CACHE_CONTROL, "no-store");
        return moreToCome ? response.header(HttpHeaders.RETRY_AFTER, SOON) : response;
    }
}
