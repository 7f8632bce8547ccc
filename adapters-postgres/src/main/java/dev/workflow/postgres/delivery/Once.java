package dev.workflow.postgres.delivery;

import dev.workflow.domain.delivery.Claim;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The queue is asked once, however often the transaction is tried. */
final class Once implements Supplier<List<Claim>> {
    private final Supplier<List<Claim>> supplier;
    private @Nullable List<Claim> claims;

    Once(Supplier<List<Claim>> supplier) {
        this.supplier = supplier;
    }

    @Override
    public List<Claim> get() {
        List<Claim> known = claims;
        if (known == null) {
            known = List.copyOf(supplier.get());
            claims = known;
        }
        return known;
    }

    boolean isKnown() {
        return claims != null;
    }
}
