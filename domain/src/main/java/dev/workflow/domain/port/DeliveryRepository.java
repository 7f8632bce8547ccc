package dev.workflow.domain.port;

import dev.workflow.domain.Keyed;
import dev.workflow.domain.delivery.Claim;
import dev.workflow.domain.delivery.ClaimOutcome;
import dev.workflow.domain.delivery.Delivery;
import dev.workflow.domain.delivery.DeliveryTerms;
import dev.workflow.domain.delivery.SettleOutcome;
import dev.workflow.domain.delivery.SettleRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where workflows change hands. Only the clock of the store decides when a lease ends. */
public interface DeliveryRepository {
    /**
     * Hands over what the claims name, each workflow at most once, in one transaction. An answer holds the longest run from the
     * front of a claim with at most {@link #MAX_BYTES} of data, at least one workflow; on its last attempt a leased workflow is
     * alone. A key that was used before decides what becomes of its claim. For an entry that is stale its workflow is not there
     * to be had. Where there is no room for an answer, its claim fails and others may not.
     *
     * <p>The answers of all claims together hold the longest run from the front with at most {@link #MAX_BYTES_AT_ONCE} of data, at
     * least one answer; the claims behind it are not tried.
     *
     * @param claims called once the database is there, so that nothing is taken from the queue for a database that is away;
     *     what it throws ends the transaction and is passed on. No two of its claims name the same workflow or the same key.
     * @return one outcome for each claim, in their order
     */
    List<Keyed<ClaimOutcome>> claim(Supplier<List<Claim>> claims);

    /** How many bytes of data a delivery has at most, beyond its first workflow. */
    int MAX_BYTES = 8 << 20;

    /** How many bytes of data the answers to claims that are made together have at most, beyond the first answer. */
    int MAX_BYTES_AT_ONCE = 16 << 20;

    /**
     * What became of an earlier claim with the key of {@code terms}, written out anew in their form; empty when there was none.
     */
    Optional<Keyed<ClaimOutcome>> answered(DeliveryTerms terms);

    /** Known, with all of its workflows, as long as one of them is. */
    Optional<Delivery> findDelivery(UUID deliveryId);

    /**
     * Ends leases, in one transaction. The same said again changes nothing and has the same outcome; of several requests for one
     * delivery the others find it settled. One that fails does not take the others with it.
     *
     * @return one outcome for each request, in their order
     */
    List<SettleOutcome> settle(List<SettleRequest> requests);

    /**
     * Lets a running lease end later, or earlier.
     *
     * @param lease from now on; null: as long as at first
     */
    SettleOutcome extend(UUID deliveryId, @Nullable Duration lease);

    /**
     * Puts back what was handed over, as if it had never been: for a consumer that certainly got nothing of it. Workflows that
     * do not belong to the delivery any more are left alone.
     */
    void giveBack(UUID deliveryId);
}
