package dev.workflow.domain;

import java.time.Instant;

/** Where a workflow is on its way. Every state but {@link Consumed} has the status {@link Status#INSERTED}. */
public sealed interface State {
    /** In the queue, or on its way there through the outbox. */
    record Waiting() implements State {}

    /** Refused by a consumer, who asked for it to come back no earlier than {@code availableAt}. */
    record Delayed(Instant availableAt) implements State {}

    /** Held by a consumer until {@code expiresAt} by the database's clock. */
    record Leased(Instant expiresAt) implements State {}

    /** Given up after too many deliveries; only redrive or a status change moves it. */
    record Dead(Instant diedAt) implements State {}

    /** Done. */
    record Consumed(Instant consumedAt) implements State {}

    default Status status() {
        return this instanceof Consumed ? Status.CONSUMED : Status.INSERTED;
    }

    default StateName name() {
        return switch (this) {
            case Waiting() -> StateName.WAITING;
            case Delayed delayed -> StateName.DELAYED;
            case Leased leased -> StateName.LEASED;
            case Dead dead -> StateName.DEAD;
            case Consumed consumed -> StateName.CONSUMED;
        };
    }
}
