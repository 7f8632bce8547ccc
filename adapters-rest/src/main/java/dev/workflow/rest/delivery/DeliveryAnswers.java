package dev.workflow.rest.delivery;

import dev.workflow.domain.Workflow;
import dev.workflow.domain.csv.Rendition;
import dev.workflow.domain.delivery.Delivery;
import dev.workflow.domain.delivery.DeliveryState;
import dev.workflow.rest.EntityTags;
import dev.workflow.rest.Paths;
import dev.workflow.rest.json.SettlementJson;
import dev.workflow.rest.json.TimeText;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.MutableHttpResponse;
import java.time.Instant;

/** What a consumer reads, whether it is handed over now or was so before. */
final class DeliveryAnswers {
    private DeliveryAnswers() {}

    static MutableHttpResponse<byte[]> of(Delivery delivery, Rendition rendition, DeliveryForm form) {
        String id = delivery.id().toString();
        MutableHttpResponse<byte[]> response = form.answer(delivery, rendition)
                .header(HttpHeaders.CONTENT_LOCATION, Paths.delivery(id))
                .header("Workflow-Delivery", id)
                .header("Workflow-Count", Integer.toString(delivery.workflows().size()))
                .header(HttpHeaders.ETAG, EntityTags.of(rendition.body().bytes()))
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
        if (!form.batch()) {
            Workflow only = delivery.workflows().getFirst();
            response.header("Workflow-UUID", only.id().toString())
                    .header("Workflow-Attempt", Integer.toString(only.history().attempts() + 1));
        }
        Instant leaseExpiresAt = delivery.leaseExpiresAt();
        return leaseExpiresAt == null
                ? response
                : response.header("Workflow-Lease-Expires", TimeText.of(leaseExpiresAt));
    }

    /** For answers that were given before: how the delivery stands now. */
    static MutableHttpResponse<byte[]> tellState(DeliveryState state, MutableHttpResponse<byte[]> response) {
        return response.header("Workflow-Delivery-State", SettlementJson.name(state));
    }
}
