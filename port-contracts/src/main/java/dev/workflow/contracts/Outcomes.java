package dev.workflow.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workflow.domain.Keyed;
import dev.workflow.domain.delivery.SettleOutcome;
import dev.workflow.domain.delivery.SettleRequest;
import dev.workflow.domain.delivery.Verdict;
import dev.workflow.domain.port.DeliveryRepository;
import java.util.List;
import java.util.UUID;

/** What requests come to. */
public final class Outcomes {
    private Outcomes() {}

    public static <O> O fresh(Keyed<O> keyed) {
        assertThat(keyed).isInstanceOf(Keyed.Fresh.class);
        return ((Keyed.Fresh<O>) keyed).outcome();
    }

    public static <O> O replayed(Keyed<O> keyed) {
        assertThat(keyed).isInstanceOf(Keyed.Replayed.class);
        return ((Keyed.Replayed<O>) keyed).outcome();
    }

    /** Ends one lease. */
    public static SettleOutcome settle(DeliveryRepository deliveries, UUID deliveryId, Verdict verdict) {
        return deliveries
                .settle(List.of(new SettleRequest(deliveryId, verdict)))
                .getFirst();
    }
}
