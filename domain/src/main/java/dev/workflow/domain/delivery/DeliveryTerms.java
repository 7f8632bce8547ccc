package dev.workflow.domain.delivery;

import dev.workflow.domain.RequestKey;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a consumer asks for.
 *
 * @param lease how long it may keep the workflows before they go back unless it acknowledges them; null: they are consumed
 *     for good
 */
public record DeliveryTerms(
        Form form, @Nullable Duration lease, @Nullable RequestKey key) {
    /** For good, and without a key. */
    public static DeliveryTerms finalIn(Form form) {
        return new DeliveryTerms(form, null, null);
    }

    public boolean isFinal() {
        return lease == null;
    }
}
