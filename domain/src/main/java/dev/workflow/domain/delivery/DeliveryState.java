package dev.workflow.domain.delivery;

/** Where a delivery is on its way. All but {@link #LEASED} are ends. */
public enum DeliveryState {
    /** The consumer has the workflows and has not said what became of them. */
    LEASED,
    ACKED,
    NACKED,
    /** The consumer said nothing in time, or status changes took all its workflows out before it did. */
    EXPIRED,
    /** There was no lease: the workflows were consumed at once. */
    FINAL
}
