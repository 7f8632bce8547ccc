package dev.workflow.domain;

import java.time.Instant;
import java.util.UUID;

/** What a workflow must be like to be in a list. */
public sealed interface Criterion {
    record HasStatus(Status status) implements Criterion {}

    record InState(StateName state) implements Criterion {}

    /** One of its steps has exactly this name. */
    record HasStep(String step) implements Criterion {}

    record CreatedSince(Instant time) implements Criterion {}

    record CreatedBefore(Instant time) implements Criterion {}

    record ConsumedSince(Instant time) implements Criterion {}

    record ConsumedBefore(Instant time) implements Criterion {}

    /** It was in this delivery, the newest or an earlier one. */
    record OfDelivery(UUID deliveryId) implements Criterion {}

    /** Its data contain this JSON, as PostgreSQL's {@code jsonb @>} understands it. */
    record Contains(Utf8Text json) implements Criterion {}
}
