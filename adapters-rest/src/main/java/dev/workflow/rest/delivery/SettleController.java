package dev.workflow.rest.delivery;

import dev.workflow.application.SettleDelivery;
import dev.workflow.domain.delivery.DeliveryState;
import dev.workflow.domain.delivery.SettleOutcome;
import dev.workflow.domain.delivery.Verdict;
import dev.workflow.rest.Answers;
import dev.workflow.rest.Identifiers;
import dev.workflow.rest.InTime;
import dev.workflow.rest.Paths;
import dev.workflow.rest.RequestBody;
import dev.workflow.rest.Requests;
import dev.workflow.rest.access.AllowedTo;
import dev.workflow.rest.access.Role;
import dev.workflow.rest.json.BodyReader;
import dev.workflow.rest.json.SettlementJson;
import dev.workflow.rest.problem.Problem;
import dev.workflow.rest.problem.Problem.Place;
import dev.workflow.rest.problem.ProblemType;
import dev.workflow.rest.problem.Refusal;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/** Takes what consumers say of workflows that they have on a lease. Said twice, it is the same as said once. */
@Controller
final class SettleController {
    private static final int MOST_PLACES = 100;
    private static final String NOT_LEASED =
            "The delivery is final: it has no lease, so there is nothing to settle. Consume with lease= to settle later.";
    private static final String LEASE_EXPIRED =
            "The lease was over before, so the workflows went back to the queue, or to the dead letters after their last"
                    + " attempt. Nothing was changed; extend a lease before it ends.";

    private final SettleDelivery settle;
    private final InTime inTime;

    SettleController(SettleDelivery settle, InTime inTime) {
        this.settle = settle;
        this.inTime = inTime;
    }

    @Post(uri = Paths.ACK, consumes = MediaType.ALL, produces = MediaType.ALL)
    @AllowedTo(Role.CONSUMER)
    CompletionStage<HttpResponse<byte[]>> acknowledge(HttpRequest<?> request, String id) {
        UUID delivery = delivery(request, id);
        return RequestBody.json(request).thenCompose(body -> {
            BodyReader.acknowledgement(body);
            return answer(List.of(), inTime.change(request, settle.settle(delivery, new Verdict.Acknowledge())));
        });
    }

    @Post(uri = Paths.NACK, consumes = MediaType.ALL, produces = MediaType.ALL)
    @AllowedTo(Role.CONSUMER)
    CompletionStage<HttpResponse<byte[]>> refuse(HttpRequest<?> request, String id) {
        UUID delivery = delivery(request, id);
        return RequestBody.json(request)
                .thenApply(BodyReader::refusal)
                .thenCompose(refused -> answer(
                        refused.workflowIds(), inTime.change(request, settle.settle(delivery, refused.verdict()))));
    }

    @Post(uri = Paths.EXTEND, consumes = MediaType.ALL, produces = MediaType.ALL)
    @AllowedTo(Role.CONSUMER)
    CompletionStage<HttpResponse<byte[]>> extend(HttpRequest<?> request, String id) {
        UUID delivery = delivery(request, id);
        return RequestBody.json(request).thenCompose(body -> {
            Duration lease = BodyReader.extension(body);
            return answer(List.of(), inTime.change(request, () -> settle.extend(delivery, lease)));
        });
    }

    private static UUID delivery(HttpRequest<?> request, String id) {
        UUID delivery = Identifiers.ofPath(id);
        Requests.expectNoQuery(request);
        return delivery;
    }

    /** @param named the workflows that the body names, in its order */
    private static CompletionStage<HttpResponse<byte[]>> answer(
            List<UUID> named, CompletionStage<SettleOutcome> settled) {
        return settled.thenApply(outcome -> answer(outcome, named));
    }

    private static HttpResponse<byte[]> answer(SettleOutcome outcome, List<UUID> named) {
        return switch (outcome) {
            case SettleOutcome.Settled settled -> Answers.json(HttpStatus.OK, SettlementJson.of(settled.settlement()));
            case SettleOutcome.UnknownDelivery() -> throw DeliveryController.unknown();
            case SettleOutcome.NotLeased() -> throw new Refusal(ProblemType.NOT_LEASED, NOT_LEASED);
            case SettleOutcome.LeaseExpired() -> throw new Refusal(ProblemType.LEASE_EXPIRED, LEASE_EXPIRED);
            case SettleOutcome.AlreadySettled(DeliveryState state) ->
                throw new Refusal(ProblemType.ALREADY_SETTLED, alreadySettled(state));
            case SettleOutcome.NotInDelivery(List<UUID> foreign) -> throw foreign(named, foreign);
            case SettleOutcome.Failed failed -> throw failed.fault();
        };
    }

    private static String alreadySettled(DeliveryState state) {
        String how = switch (state) {
            case ACKED, NACKED -> "The delivery is " + SettlementJson.name(state) + " already";
            case LEASED, EXPIRED, FINAL -> "Status changes took all its workflows out of the delivery";
        };
        return how + ", so nothing was changed. GET /workflow/delivery/{id} shows how it stands.";
    }

    private static Refusal foreign(List<UUID> named, List<UUID> foreign) {
        List<Place> places = IntStream.range(0, named.size())
                .filter(at -> foreign.contains(named.get(at)))
                .limit(MOST_PLACES)
                .mapToObj(at -> new Place("#/UUIDs/" + at, "is not in the delivery."))
                .toList();
        return new Refusal(Problem.of(
                ProblemType.INVALID_FIELD,
                "A workflow that is named is not in the delivery, so nothing was settled. GET"
                        + " /workflow?delivery_id={id}&state=leased lists those that are.",
                places));
    }
}
