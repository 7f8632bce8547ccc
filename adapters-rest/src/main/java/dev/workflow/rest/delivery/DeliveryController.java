package dev.workflow.rest.delivery;

import dev.workflow.domain.delivery.Delivery;
import dev.workflow.domain.port.DeliveryRepository;
import dev.workflow.rest.Identifiers;
import dev.workflow.rest.InTime;
import dev.workflow.rest.Paths;
import dev.workflow.rest.ReadingTurns;
import dev.workflow.rest.Requests;
import dev.workflow.rest.access.AllowedTo;
import dev.workflow.rest.access.Role;
import dev.workflow.rest.problem.ProblemType;
import dev.workflow.rest.problem.Refusal;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** What was handed over, once more: the same bytes, whatever the request would accept. */
@Controller
final class DeliveryController {
    private final DeliveryRepository deliveries;
    private final DeliveryForms forms;
    private final InTime inTime;
    private final ReadingTurns turns;

    DeliveryController(DeliveryRepository deliveries, DeliveryForms forms, InTime inTime, ReadingTurns turns) {
        this.deliveries = deliveries;
        this.forms = forms;
        this.inTime = inTime;
        this.turns = turns;
    }

    @Get(uri = Paths.DELIVERY, produces = MediaType.ALL)
    @AllowedTo(Role.CONSUMER)
    CompletionStage<HttpResponse<byte[]>> find(HttpRequest<?> request, String id) {
        UUID uuid = Identifiers.ofPath(id);
        Requests.expectNoQuery(request);
        ReadingTurns.Turn turn = turns.turn(request, ReadingTurns.DELIVERY_MIB);
        return inTime.read(request, () -> answer(uuid, turn));
    }

    /** What was made and waits for its reader is counted elsewhere. */
    private HttpResponse<byte[]> answer(UUID id, ReadingTurns.Turn turn) {
        turn.begin();
        try {
            return answer(id);
        } finally {
            turn.end();
        }
    }

    private HttpResponse<byte[]> answer(UUID id) {
        Delivery delivery = deliveries.findDelivery(id).orElseThrow(DeliveryController::unknown);
        DeliveryForm form = forms.of(delivery.form());
        return DeliveryAnswers.tellState(
                delivery.state(), DeliveryAnswers.of(delivery, form.render(delivery.workflows()), form));
    }

    static Refusal unknown() {
        return new Refusal(
                ProblemType.UNKNOWN_DELIVERY,
                "There is no delivery with this id: there never was, or its workflows were removed when their time was over.");
    }
}
