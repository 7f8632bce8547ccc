package dev.workflow.postgres.delivery;

import dev.workflow.domain.Fault;
import dev.workflow.domain.Keyed;
import dev.workflow.domain.RequestKey;
import dev.workflow.domain.Workflow;
import dev.workflow.domain.csv.Rendition;
import dev.workflow.domain.delivery.Claim;
import dev.workflow.domain.delivery.ClaimOutcome;
import dev.workflow.domain.delivery.Delivery;
import dev.workflow.domain.delivery.DeliveryState;
import dev.workflow.domain.delivery.DeliveryTerms;
import dev.workflow.domain.port.DeliveryRepository;
import dev.workflow.postgres.key.Batch;
import dev.workflow.postgres.key.RequestKeys;
import dev.workflow.postgres.key.RequestKeys.Taking;
import dev.workflow.postgres.key.UsedKey;
import dev.workflow.postgres.server.Ending;
import dev.workflow.postgres.server.Pool;
import dev.workflow.postgres.server.Transactions;
import dev.workflow.postgres.value.BinaryArray;
import io.micronaut.data.jdbc.runtime.ConnectionCallback;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Hands workflows over. */
final class Claims extends Batch<Claim, ClaimOutcome> {
    private final Transactions transactions;
    private final RequestKeys keys;
    private final Handover handover;

    Claims(Transactions transactions, RequestKeys keys, int maxAttempts) {
        this.transactions = transactions;
        this.keys = keys;
        this.handover = new Handover(maxAttempts);
    }

    List<Keyed<ClaimOutcome>> claim(Supplier<List<Claim>> supplier) {
        Once claims = new Once(supplier);
        try {
            return attempt(claims, Pool.WAIT_FOR_LOCK);
        } catch (SQLException e) {
            return recover(claims.get(), e);
        } catch (Fault fault) {
            if (!claims.isKnown()) {
                throw fault;
            }
            return afterFault(claims.get(), fault);
        }
    }

    /** Where there is no room for all answers together, there may be for some of them. */
    private List<Keyed<ClaimOutcome>> afterFault(List<Claim> claims, Fault fault) {
        return fault instanceof Fault.Overloaded && claims.size() > 1 ? oneByOne(claims) : allFailed(claims, fault);
    }

    @Override
    protected List<Keyed<ClaimOutcome>> attempt(List<Claim> claims, Duration patience) throws SQLException {
        return attempt(() -> claims, patience);
    }

    private List<Keyed<ClaimOutcome>> attempt(Supplier<List<Claim>> claims, Duration patience) throws SQLException {
        Round round = transactions.write(connection ->
                claim(connection, claims.get().stream().map(Share::whole).toList(), patience));
        while (round.isTooMuch()) {
            List<Share> fewer = round.next();
            round = transactions.write(connection -> claim(connection, fewer, patience));
        }
        List<Keyed<ClaimOutcome>> outcomes = round.outcomes();
        int untried = claims.get().size() - outcomes.size();
        outcomes.addAll(Collections.nCopies(untried, new Keyed.Fresh<>(new ClaimOutcome.NotTried())));
        return outcomes;
    }

    private Ending<Round> claim(Connection connection, List<Share> shares, Duration patience) throws SQLException {
        Map<RequestKey.Name, UsedKey> used = keys.take(
                connection,
                shares.stream().flatMap(each -> each.taking().stream()).toList(),
                patience);
        List<Share> acting = used.isEmpty()
                ? shares
                : shares.stream().filter(each -> usedBy(each, used) == null).toList();
        Handed handed = handOver(connection, acting);
        if (handed.isTooMuch()) {
            return Ending.nothingDone(Round.ofFewer(handed.fitting(shares)));
        }
        Round round = new Round(new ArrayList<>(), new ArrayList<>());
        for (Share each : shares) {
            UsedKey before = usedBy(each, used);
            round.add(
                    each,
                    before == null
                            ? fresh(each, handed)
                            : replayed(connection, each.claim().terms(), before));
        }
        if (round.isTooMuch() || handed.isEmpty()) {
            return Ending.nothingDone(round);
        }
        RequestKeys.release(connection, withoutEffect(acting, handed));
        return Ending.done(round, handed.transactionId(), traceOf(acting));
    }

    private static @Nullable UsedKey usedBy(Share share, Map<RequestKey.Name, UsedKey> used) {
        return share.taking().map(each -> used.get(each.key().name())).orElse(null);
    }

    private Handed handOver(Connection connection, List<Share> shares) throws SQLException {
        if (shares.isEmpty()) {
            return Handed.NOTHING;
        }
        return shares.stream().allMatch(Share::isSingle)
                ? SingleTakes.take(connection, shares)
                : handover.handOver(connection, shares);
    }

    private static List<Taking> withoutEffect(List<Share> shares, Handed handed) {
        return shares.stream()
                .filter(each -> handed.of(each.claim().deliveryId()).workflows().isEmpty())
                .flatMap(each -> each.taking().stream())
                .toList();
    }

    private static Keyed<ClaimOutcome> fresh(Share share, Handed handed) {
        Handed.Portion portion = handed.of(share.claim().deliveryId());
        List<Workflow> workflows = portion.workflows();
        if (workflows.isEmpty()) {
            return new Keyed.Fresh<>(new ClaimOutcome.NotClaimable());
        }
        DeliveryTerms terms = share.claim().terms();
        Rendition rendition = terms.form().render(workflows);
        Delivery delivery = new Delivery(
                share.claim().deliveryId(),
                terms.form().text(),
                workflows,
                terms.isFinal() ? DeliveryState.FINAL : DeliveryState.LEASED);
        return new Keyed.Fresh<>(
                new ClaimOutcome.Delivered(delivery, rendition, Share.joined(portion.leftOver(), share.heldBack())));
    }

    private static Keyed<ClaimOutcome> replayed(Connection connection, DeliveryTerms terms, UsedKey used)
            throws SQLException {
        RequestKey key = Objects.requireNonNull(terms.key());
        return used.decide(key, () -> again(delivery(connection, used.deliveryId()), terms));
    }

    private static @Nullable Delivery delivery(Connection connection, @Nullable UUID id) throws SQLException {
        return id == null ? null : DeliveryRow.find(connection, id).orElse(null);
    }

    /** A delivery whose workflows are gone has nothing left to give. */
    private static ClaimOutcome again(@Nullable Delivery delivery, DeliveryTerms terms) {
        return delivery == null
                ? new ClaimOutcome.NotClaimable()
                : new ClaimOutcome.Delivered(delivery, terms.form().render(delivery.workflows()), List.of());
    }

    Optional<Keyed<ClaimOutcome>> answered(DeliveryTerms terms) {
        RequestKey key = terms.key();
        if (key == null) {
            return Optional.empty();
        }
        return transactions.read(connection -> {
            UsedKey used = UsedKey.find(connection, key);
            return used == null ? Optional.empty() : Optional.of(replayed(connection, terms, used));
        });
    }

    private static final String TRACE = """
            SELECT EXISTS (SELECT FROM consumed WHERE delivery_id = ANY (?))
                OR EXISTS (SELECT FROM pending WHERE delivery_id = ANY (?))
                OR EXISTS (SELECT FROM delivery WHERE id = ANY (?))
            """;

    /** Delivery ids are fresh: wherever one of them stands, this transaction wrote it. */
    private static ConnectionCallback<Boolean> traceOf(List<Share> shares) {
        BinaryArray ids = BinaryArray.ofUuids(
                shares.stream().map(each -> each.claim().deliveryId()).toList());
        return connection -> {
            try (PreparedStatement statement = connection.prepareStatement(TRACE)) {
                for (int i = 1; i <= 3; i++) {
                    statement.setObject(i, ids);
                }
                return Transactions.isTrue(statement);
            }
        };
    }

    @Override
    protected @Nullable RequestKey keyOf(Claim claim) {
        return claim.terms().key();
    }

    /** Those that were claimed one by one are answered together all the same. */
    @Override
    protected Optional<ClaimOutcome> forTheRest(List<Keyed<ClaimOutcome>> done) {
        long bytes = done.stream().mapToLong(Claims::bytes).sum();
        return bytes < DeliveryRepository.MAX_BYTES_AT_ONCE
                ? Optional.empty()
                : Optional.of(new ClaimOutcome.NotTried());
    }

    private static long bytes(Keyed<ClaimOutcome> outcome) {
        return outcome instanceof Keyed.Fresh<ClaimOutcome>(ClaimOutcome.Delivered delivered)
                ? Workflow.dataBytes(delivered.delivery().workflows())
                : 0;
    }

    /** A claim has nothing in it that the database could refuse. */
    @Override
    protected ClaimOutcome refused(SQLException why) {
        return failed(Transactions.unavailable(why));
    }

    @Override
    protected ClaimOutcome failed(Fault why) {
        return new ClaimOutcome.Failed(why);
    }
}
