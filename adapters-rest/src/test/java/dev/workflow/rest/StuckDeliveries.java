package dev.workflow.rest;

import dev.workflow.domain.Keyed;
import dev.workflow.domain.delivery.Claim;
import dev.workflow.domain.delivery.ClaimOutcome;
import dev.workflow.domain.delivery.Delivery;
import dev.workflow.domain.delivery.DeliveryTerms;
import dev.workflow.domain.delivery.SettleOutcome;
import dev.workflow.domain.delivery.SettleRequest;
import dev.workflow.domain.port.DeliveryRepository;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Claims at once, and tells of it only when it is let go. */
final class StuckDeliveries implements DeliveryRepository {
    private final DeliveryRepository deliveries;
    private final CountDownLatch stuck = new CountDownLatch(1);

    StuckDeliveries(DeliveryRepository deliveries) {
        this.deliveries = deliveries;
    }

    void letGo() {
        stuck.countDown();
    }

    @Override
    public List<Keyed<ClaimOutcome>> claim(Supplier<List<Claim>> claims) {
        List<Keyed<ClaimOutcome>> outcomes = deliveries.claim(claims);
        try {
            stuck.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return outcomes;
    }

    @Override
    public Optional<Keyed<ClaimOutcome>> answered(DeliveryTerms terms) {
        return deliveries.answered(terms);
    }

    @Override
    public Optional<Delivery> findDelivery(UUID deliveryId) {
        return deliveries.findDelivery(deliveryId);
    }

    @Override
    public List<SettleOutcome> settle(List<SettleRequest> requests) {
        return deliveries.settle(requests);
    }

    @Override
    public SettleOutcome extend(UUID deliveryId, @Nullable Duration lease) {
        return deliveries.extend(deliveryId, lease);
    }

    @Override
    public void giveBack(UUID deliveryId) {
        deliveries.giveBack(deliveryId);
    }
}
