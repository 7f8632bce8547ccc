package dev.workflow.postgres.delivery;

import dev.workflow.domain.Keyed;
import dev.workflow.domain.delivery.Claim;
import dev.workflow.domain.delivery.ClaimOutcome;
import dev.workflow.domain.delivery.Delivery;
import dev.workflow.domain.delivery.DeliveryTerms;
import dev.workflow.domain.delivery.SettleOutcome;
import dev.workflow.domain.delivery.SettleRequest;
import dev.workflow.domain.port.DeliveryRepository;
import dev.workflow.postgres.key.RequestKeys;
import dev.workflow.postgres.server.Transactions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Deliveries in their tables. */
public final class StoredDeliveries implements DeliveryRepository {
    private final Transactions transactions;
    private final Claims claims;
    private final Settlements settlements;

    public StoredDeliveries(Transactions transactions, RequestKeys keys, int maxAttempts) {
        this.transactions = transactions;
        this.claims = new Claims(transactions, keys, maxAttempts);
        this.settlements = new Settlements(transactions, maxAttempts);
    }

    @Override
    public List<Keyed<ClaimOutcome>> claim(Supplier<List<Claim>> supplier) {
        return claims.claim(supplier);
    }

    @Override
    public Optional<Keyed<ClaimOutcome>> answered(DeliveryTerms terms) {
        return claims.answered(terms);
    }

    @Override
    public Optional<Delivery> findDelivery(UUID deliveryId) {
        return transactions.read(connection -> DeliveryRow.find(connection, deliveryId));
    }

    @Override
    public List<SettleOutcome> settle(List<SettleRequest> requests) {
        return settlements.settle(requests);
    }

    @Override
    public SettleOutcome extend(UUID deliveryId, @Nullable Duration lease) {
        return settlements.extend(deliveryId, lease);
    }

    @Override
    public void giveBack(UUID deliveryId) {
        GivingBack.giveBack(transactions, deliveryId);
    }
}
